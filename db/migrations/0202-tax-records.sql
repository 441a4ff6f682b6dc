-- What a remote tax provider is told of final invoices and credit notes whose tax it has calculated.
create table tax_records (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  provider text not null,
  invoice text not null references invoices,
  kind text not null,
  credit_note text references credit_notes,
  status text not null,
  problem text,
  next_try_at bigint,
  lines jsonb not null default '[]'
);
create unique index tax_records_once on tax_records (invoice, kind, coalesce(credit_note, ''));
create index tax_records_due on tax_records (next_try_at) where status = 'pending';
select keep_owner('tax_records');
