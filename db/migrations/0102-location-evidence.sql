-- What showed where the customer of an invoice with automatic tax was.
create table location_evidence (
  invoice text primary key references invoices,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  recorded timestamptz not null default now(),
  country text not null,
  items jsonb not null,
  is_contradicted boolean not null
);
create index location_evidence_age on location_evidence (recorded);
select keep_owner('location_evidence');
