-- Tax on sales that callers describe: /v1/tax/calculations.
create table requested_tax_calculations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  currency text not null,
  customer text references customers,
  customer_details jsonb not null,
  tax_date bigint not null,
  expires_at bigint not null,
  lines jsonb not null
);
create index requested_tax_calculations_age on requested_tax_calculations (created);
create index requested_tax_calculations_customer on requested_tax_calculations (customer);
select keep_owner('requested_tax_calculations');
