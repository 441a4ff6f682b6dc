-- Offers to a customer: what an invoice, a subscription or a schedule would come to, which begins when they are accepted.
create table quotes (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  test_clock text references test_clocks,
  status text not null,
  -- The customer's nth quote, and its nth version: from its finalization on.
  sequence integer,
  revision integer not null,
  number text,
  expires_at bigint not null,
  collection_method text not null,
  currency text,
  description text,
  header text,
  footer text,
  discounts text[] not null default '{}',
  default_tax_rates text[] not null default '{}',
  invoice_settings jsonb not null,
  subscription_data jsonb not null,
  line_items jsonb not null,
  amounts jsonb not null,
  upfront jsonb not null,
  recurring jsonb,
  from_quote jsonb,
  invoice text,
  subscription text,
  subscription_schedule text,
  accepted_at bigint,
  canceled_at bigint,
  finalized_at bigint,
  metadata jsonb not null default '{}'
);
create index quotes_list on quotes (account, livemode, created desc, seq desc);
create index quotes_customer on quotes (customer);
create unique index quotes_number on quotes (customer, sequence, revision) where sequence is not null;

-- The quote that an invoice without a subscription was made from.
alter table invoices add column quote text;
