-- How unpaid invoices are recovered: programs of the seller, each version of them, and the one that a recovery follows.
create table recovery_programs (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  name text not null,
  active boolean not null,
  position integer not null,
  segment jsonb not null,
  arms jsonb not null,
  version integer not null,
  metadata jsonb not null default '{}'
);
create index recovery_programs_active on recovery_programs (account, livemode) where active;
create index recovery_programs_list on recovery_programs (account, livemode, created desc, seq desc);
select keep_owner('recovery_programs');

create table recovery_program_versions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  program text not null references recovery_programs,
  version integer not null,
  segment jsonb not null,
  arms jsonb not null
);
create unique index recovery_program_versions_number on recovery_program_versions (program, version);
create index recovery_program_versions_list on recovery_program_versions (program, created desc, seq desc);
select keep_owner('recovery_program_versions');

alter table dunnings add column seq bigint generated always as identity;
alter table dunnings add column program jsonb;
alter table dunnings add column step integer;
alter table dunnings add column reached_at bigint;
alter table dunnings add column due_at bigint;
alter table dunnings add column notice text;
create index dunnings_list on dunnings (account, livemode, created desc, seq desc);

-- The retries of the account's settings are the default program: each after its wait.
update dunnings d set
  program = jsonb_build_object('id', null, 'version', policy ->> 'version', 'arm', null, 'reason', 'no program is for it',
    'ends_in', policy ->> 'ends_in',
    'steps', coalesce((
      select jsonb_agg(step order by place, part) from (
        select t.place, 1 as part, jsonb_build_object('type', 'wait', 'seconds',
          t.seconds - coalesce(lag(t.seconds) over (order by t.place), 0)) as step
        from (select place, value::bigint as seconds from jsonb_array_elements_text(policy -> 'retry_after_seconds')
          with ordinality as each (value, place)) t
        union all
        select place, 2, '{"type": "retry", "declines": null}'::jsonb
        from jsonb_array_elements_text(policy -> 'retry_after_seconds') with ordinality as each (value, place)
      ) steps), '[]')),
  step = case when retries < jsonb_array_length(policy -> 'retry_after_seconds') then 2 * retries + 1 else 2 * retries end,
  reached_at = case when next_retry_at is null then failed_at
    else next_retry_at - (policy -> 'retry_after_seconds' ->> retries)::bigint
      + coalesce((policy -> 'retry_after_seconds' ->> (retries - 1))::bigint, 0) end,
  due_at = case when status = 'running' then coalesce(next_retry_at, failed_at) end;
alter table dunnings alter column program set not null;
alter table dunnings alter column step set not null;
alter table dunnings alter column reached_at set not null;
alter table dunnings drop column policy;

alter table subscriptions add column paused_for text;
