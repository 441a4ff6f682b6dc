-- What buyers have entered, for one confirmation each.
create table confirmation_tokens (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  expires_at bigint not null,
  payment_method text not null,
  preview jsonb not null,
  return_url text,
  setup_future_usage text,
  shipping jsonb,
  payment_intent text,
  setup_intent text
);
create index confirmation_tokens_created on confirmation_tokens (created);
select keep_owner('confirmation_tokens');
