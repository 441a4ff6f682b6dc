-- Several processors: which of them made a charge, and the route on which it went there.
alter table charges add column gateway text;
update charges c set gateway = m.gateway from payment_methods m where m.id = c.payment_method;
alter table charges alter column gateway set not null;

-- Null: no rule applied, the processor that stores the card was asked.
alter table payment_attempts add column route jsonb;

-- The rules of each mode, in the account's settings; every version that was in force is kept.
update accounts set settings = (
  select jsonb_object_agg(mode, of || '{"routing": {"version": 0, "rules": []}}'::jsonb) from jsonb_each(settings) as each (mode, of));

create table routing_versions (
  account text not null references accounts,
  livemode boolean not null,
  version integer not null,
  created bigint not null,
  api_key text,
  rules jsonb not null,
  primary key (account, livemode, version)
);
select keep_owner('routing_versions');

-- The sandbox stands in for several processors: each has its own memory and its own faults. Null: all of them.
alter table sandbox_faults add column processor text;
alter table sandbox_operations add column account text;
alter table sandbox_operations add column livemode boolean;
alter table sandbox_operations add column processor text;
select keep_owner('sandbox_operations');
