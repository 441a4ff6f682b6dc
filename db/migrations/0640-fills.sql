-- Fills of the sandbox with a believable company: what was asked, and how far it is.
create table fills (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null check (not livemode),
  created bigint not null,
  seq bigint generated always as identity,
  status text not null check (status in ('running', 'completed', 'canceled', 'failed')),
  customers integer not null,
  months integer not null,
  starts_at bigint not null,
  parts_done integer not null default 0,
  doing text,
  test_clock text references test_clocks,
  ended_at bigint,
  failure text
);
create index fills_list on fills (account, livemode, seq desc);
create unique index fills_running on fills (account) where status = 'running';
select keep_owner('fills');
