-- What we have booked, compared with what the processor says it did.
create table reconciliations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  processor text not null,
  day text not null,
  -- The processor was asked, or its file was uploaded.
  source text not null,
  -- done; or not_available: the processor has no such record.
  status text not null,
  compared integer not null,
  differences integer not null
);
create index reconciliations_list on reconciliations (account, livemode, created desc, seq desc);
create index reconciliations_day on reconciliations (account, livemode, processor, day);
select keep_owner('reconciliations');

create table reconciliation_differences (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  reconciliation text not null references reconciliations,
  processor text not null,
  day text not null,
  kind text not null,
  object_kind text not null,
  reference text not null,
  -- Ours; null: we have none.
  object text,
  ours jsonb,
  theirs jsonb,
  state text not null default 'open',
  owner text,
  note text
);
create index reconciliation_differences_list on reconciliation_differences (account, livemode, created desc, seq desc);
create unique index reconciliation_differences_once on reconciliation_differences (account, livemode, processor, object_kind, reference, kind);
select keep_owner('reconciliation_differences');
