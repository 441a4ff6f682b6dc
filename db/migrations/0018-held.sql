-- The version of a workflow's row counts its commits: it makes each cause of an agenda item name one occurrence.
alter table workflows add column version bigint not null default 0;

-- Entities that stand still because a step of theirs failed by a mistake of ours, or did not come back. Nothing of them runs until
-- somebody releases them, another version of Dunlin is deployed, or an hour has passed.
create table held (
  id text primary key,
  workflow text not null unique,
  kind text not null,
  subject text not null,
  account text not null references accounts,
  livemode boolean not null,
  customer text,
  test_clock text,
  seq bigint generated always as identity,
  created bigint not null,
  step text not null,
  cause text not null,
  reason text not null check (reason in ('failed', 'stuck', 'repeating')),
  error jsonb not null,
  app_version text not null,
  times integer not null default 1,
  -- When it is tried again by itself; null for what must not be, until somebody says so or there is another version.
  look_again_at bigint,
  -- Set by whoever releases it; the next failure takes it back.
  released_at bigint
);
create index held_look_again on held (look_again_at);
create index held_account on held (account, livemode, created, seq);
create index held_clock on held (test_clock) where test_clock is not null;
