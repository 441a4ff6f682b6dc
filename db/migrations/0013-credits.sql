-- Credit that a customer has for metered usage, and what changed it.
create table credit_grants (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  updated bigint not null,
  customer text not null references customers,
  test_clock text references test_clocks,
  name text,
  category text not null,
  currency text not null,
  amount bigint not null check (amount > 0),
  -- Nothing is used twice, whatever the code says.
  balance bigint not null check (balance between 0 and amount),
  priority integer not null,
  prices text[],
  effective_at bigint not null,
  expires_at bigint,
  voided_at bigint,
  metadata jsonb not null
);
create index credit_grants_list on credit_grants (account, livemode, created desc, seq desc);
create index credit_grants_customer on credit_grants (customer);
-- With every commit of a customer it is asked what it has left.
create index credit_grants_left on credit_grants (customer) where balance > 0;

create table credit_balance_transactions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  test_clock text references test_clocks,
  credit_grant text not null references credit_grants,
  type text not null,
  reason text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  effective_at bigint not null,
  invoice text references invoices,
  invoice_line_item text
);
create index credit_balance_transactions_list on credit_balance_transactions (account, livemode, created desc, seq desc);
create index credit_balance_transactions_grant on credit_balance_transactions (credit_grant);
create index credit_balance_transactions_customer on credit_balance_transactions (customer);

alter table invoices add column total_credit_amounts jsonb not null default '[]';
alter table invoice_line_items add column credit_amounts jsonb not null default '[]';
