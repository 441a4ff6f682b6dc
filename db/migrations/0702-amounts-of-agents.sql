-- What calls of agents have moved without a person, for the limit of a day.
create table agent_amounts (
  account text not null references accounts,
  livemode boolean not null,
  key_id text not null,
  -- The call's idempotency key.
  call text not null,
  currency text not null,
  amount bigint not null,
  created bigint not null,
  primary key (account, livemode, call, currency)
);
create index agent_amounts_of_key on agent_amounts (key_id, created);
create index agent_amounts_age on agent_amounts (created);
select keep_owner('agent_amounts');
