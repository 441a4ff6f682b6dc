-- A processor can be paused, by its failures or by an operator. `all`: no money moves at any of them.
create table processor_states (
  account text not null references accounts,
  livemode boolean not null,
  processor text not null,
  status text not null default 'running',
  paused_by text,
  paused_at bigint,
  reason text,
  -- In a row, without an answer between them.
  failures integer not null default 0,
  failing_since bigint,
  per_second integer not null default 20,
  primary key (account, livemode, processor)
);
select keep_owner('processor_states');

create table operator_actions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  action text not null,
  processor text not null,
  -- Null: Dunlin itself.
  api_key text,
  reason text,
  per_second integer
);
create index operator_actions_list on operator_actions (account, livemode, created desc, seq desc);
select keep_owner('operator_actions');

-- What waits until its processor is resumed: why, and when it is sent.
alter table payment_attempts add column waiting_for text;
alter table payment_attempts add column sends_at bigint;
alter table payment_attempts add column waits integer not null default 0;
alter table refunds add column waiting_for text;
alter table refunds add column sends_at bigint;
alter table refunds add column waits integer not null default 0;
create index payment_attempts_waiting on payment_attempts (account, livemode, gateway) where waiting_for is not null;
create index refunds_waiting on refunds (account, livemode) where waiting_for is not null;

-- An attempt that waits is an open one.
drop index payment_attempts_open_intent;
drop index payment_attempts_open_invoice;
create unique index payment_attempts_open_intent on payment_attempts (intent)
  where status in ('open', 'requires_action', 'unknown', 'processing', 'waiting');
create unique index payment_attempts_open_invoice on payment_attempts (invoice)
  where status in ('open', 'requires_action', 'unknown', 'processing', 'waiting') and invoice is not null;
