-- Numbers that tax authorities know a customer by, for invoices and the tax on them.
create table customer_tax_ids (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  customer text not null references customers,
  type text not null,
  value text not null
);
create index customer_tax_ids_list on customer_tax_ids (customer, created desc, seq desc);
