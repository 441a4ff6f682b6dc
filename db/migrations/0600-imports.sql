-- Who bills a customer: Dunlin, or still the system that the customer is imported from. Checked inside of each renewal.
alter table customers add column billed_by text not null default 'dunlin' check (billed_by in ('dunlin', 'source'));

-- One run that reads another billing system.
create table imports (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  -- stripe or csv.
  source text not null,
  dry_run boolean not null,
  -- running, done, canceled or failed.
  status text not null,
  -- The test clock on which its customers live. Null: real time.
  test_clock text references test_clocks,
  -- The kind that is read next, and the last object of it that was taken. Both null: it is over.
  kind text,
  cursor text,
  finished_at bigint,
  -- The test clock at the source whose customers are read. Null: those in real time.
  source_test_clock text,
  -- Of a csv import: the file, until it is over.
  content text,
  -- What keeps it waiting, in one sentence.
  error text
);
create index imports_list on imports (account, livemode, created desc, seq desc);
select keep_owner('imports');

-- What became of each object of the source in the latest run that saw it.
create table imported_objects (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  import text not null references imports,
  kind text not null,
  -- The id in the source.
  source_id text not null,
  -- taken, unchanged, changed, skipped or refused. A dry run says what would become of it.
  outcome text not null,
  -- Of the object as the source showed it: what has the same digest is not written again.
  digest text not null,
  -- [{"field": …, "reason": …}]: why it is not taken, or what of it is left out.
  problems jsonb not null,
  -- Of what stays at the source: amounts and dates, for reference. Null: none.
  summary jsonb
);
create unique index imported_objects_once on imported_objects (import, kind, source_id);
create index imported_objects_latest on imported_objects (account, livemode, kind, source_id, seq desc);
create index imported_objects_list on imported_objects (account, livemode, created desc, seq desc);
select keep_owner('imported_objects');

-- An invoice that Dunlin would have made for a customer whom the source bills, and how it compares with the source's.
create table shadow_invoices (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  subscription text not null,
  currency text not null,
  -- The instant of the cycle.
  cycle_at bigint not null,
  -- The invoice as Dunlin calculates it. Null: only the source has one.
  ours jsonb,
  -- The source's invoice. Null: it is not known yet, or there is none.
  theirs jsonb,
  -- waiting, equal, different or accepted.
  status text not null,
  differences jsonb not null,
  -- When the source is asked for its invoice next. Real time.
  check_at bigint not null
);
create unique index shadow_invoices_cycle on shadow_invoices (subscription, cycle_at, (ours is null));
create index shadow_invoices_list on shadow_invoices (account, livemode, created desc, seq desc);
create index shadow_invoices_customer on shadow_invoices (customer, cycle_at);
create index shadow_invoices_waiting on shadow_invoices (account, livemode, check_at) where status = 'waiting';
select keep_owner('shadow_invoices');

-- The change of who bills a customer, and the way back.
create table cutovers (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  -- freezing, done, returning, returned or refused.
  status text not null,
  forced boolean not null,
  -- When the customer's next invoice is due: the change must be over before.
  due_at bigint,
  -- What the source's subscriptions were before they were frozen.
  frozen jsonb not null,
  -- When Dunlin began to bill. Null: it has not.
  switched_at bigint,
  -- Why it was refused, or what has to be done by hand.
  reason text
);
create index cutovers_list on cutovers (account, livemode, created desc, seq desc);
create unique index cutovers_one_at_a_time on cutovers (customer) where status in ('freezing', 'returning');
create index cutovers_customer on cutovers (customer, seq desc);
select keep_owner('cutovers');
