-- What a person decides, by whom and until when, and what happens otherwise.
create table tasks (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  type text not null,
  about text not null,
  workflow text not null,
  title text not null,
  owner text,
  answers text[] not null,
  default_answer text not null,
  answer_by bigint not null,
  status text not null,
  answer text,
  answered_by text,
  answered_at bigint,
  note text
);
create index tasks_list on tasks (account, livemode, created desc, seq desc);
create index tasks_about on tasks (about);
select keep_owner('tasks');

alter table dunnings add column task text references tasks;
-- A recovery may take away access before it ends.
alter table subscriptions add column access_ended_at bigint;
