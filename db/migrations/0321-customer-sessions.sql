-- What a page of the seller may do for one customer, for half an hour.
create table customer_sessions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  client_secret text not null,
  customer text not null references customers,
  components jsonb not null,
  expires_at bigint not null
);
create index customer_sessions_created on customer_sessions (created);
select keep_owner('customer_sessions');
