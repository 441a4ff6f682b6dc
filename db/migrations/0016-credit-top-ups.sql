-- Rules that sell a customer prepaid credit whenever too little of it is left.
create table credit_top_ups (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  updated bigint not null,
  deleted boolean not null,
  customer text not null references customers,
  test_clock text references test_clocks,
  currency text not null,
  threshold bigint not null check (threshold > 0),
  amount bigint not null check (amount > 0),
  unit_amount bigint check (unit_amount > 0),
  monthly_limit bigint not null check (monthly_limit > 0),
  default_payment_method text references payment_methods,
  default_tax_rates text[] not null,
  name text,
  priority integer not null,
  prices text[],
  expires_after_days integer,
  status text not null,
  pause_reason text,
  purchases integer not null,
  month_start bigint,
  month_spent bigint not null,
  held_month bigint,
  pending_invoice text references invoices,
  latest_invoice text references invoices,
  latest_credit_grant text references credit_grants,
  metadata jsonb not null
);
create index credit_top_ups_list on credit_top_ups (account, livemode, created desc, seq desc);
-- With every commit of a customer, and with every batch of its usage, it is asked whether it has one.
create index credit_top_ups_customer on credit_top_ups (customer) where not deleted;

-- What an invoice sells by a rule, as it was when it was sold: granted once, when the invoice is paid.
create table credit_purchases (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  credit_top_up text not null references credit_top_ups,
  number integer not null,
  customer text not null references customers,
  invoice text not null unique references invoices,
  currency text not null,
  amount bigint not null check (amount > 0),
  unit_amount bigint not null check (unit_amount > 0),
  name text,
  priority integer not null,
  prices text[],
  expires_after_days integer,
  status text not null,
  credit_grant text references credit_grants,
  unique (credit_top_up, number)
);
-- Never two at once, whatever the code says.
create unique index credit_purchases_pending on credit_purchases (credit_top_up) where status = 'pending';
