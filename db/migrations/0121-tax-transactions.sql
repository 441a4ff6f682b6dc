-- Tax on sales outside Dunlin's invoices, as the caller has recorded it: /v1/tax/transactions.
create table tax_transactions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  type text not null,
  reference text not null,
  original text references tax_transactions,
  calculation text,
  currency text not null,
  customer text references customers,
  customer_details jsonb not null,
  tax_date bigint not null,
  posted_at bigint not null,
  lines jsonb not null,
  shipping_cost jsonb,
  metadata jsonb not null default '{}',
  constraint tax_transactions_kind check ((type = 'transaction' and original is null) or (type = 'reversal' and original is not null))
);
create unique index tax_transactions_reference on tax_transactions (account, livemode, reference);
create index tax_transactions_original on tax_transactions (original);
create index tax_transactions_customer on tax_transactions (customer);
select keep_owner('tax_transactions');

alter table requested_tax_calculations add column shipping_cost jsonb;
