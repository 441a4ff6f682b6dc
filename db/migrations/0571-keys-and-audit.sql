-- When a key ends, and when it was last used.
alter table api_keys add column expires_at bigint;
alter table api_keys add column last_used_at bigint;

-- What keys and users have done: one row for each write, or attempt of one. Its request is the first one with the same Idempotency-Key.
create table audit_entries (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  actor text not null,
  operation text not null,
  object text,
  request text not null unique,
  ip text not null,
  status integer not null,
  error text
);
create index audit_entries_list on audit_entries (account, livemode, created desc, seq desc);
create index audit_entries_of_object on audit_entries (object, seq desc) where object is not null;
create index audit_entries_of_actor on audit_entries (actor, seq desc);
select keep_owner('audit_entries');
