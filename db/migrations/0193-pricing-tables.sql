-- Pages that show products side by side.
create table pricing_tables (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  url text not null,
  products jsonb not null,
  settings jsonb not null,
  metadata jsonb not null default '{}'
);
create index pricing_tables_list on pricing_tables (account, livemode, created desc, seq desc);
select keep_owner('pricing_tables');
