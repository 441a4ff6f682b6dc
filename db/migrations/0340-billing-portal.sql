-- What customers may do on the portal, and the short-lived addresses at which they do it.
create table portal_configurations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  is_default boolean not null,
  name text,
  business_profile jsonb not null,
  default_return_url text,
  features jsonb not null,
  metadata jsonb not null default '{}',
  updated bigint not null
);
create index portal_configurations_list on portal_configurations (account, livemode, created desc, seq desc);
create unique index portal_configurations_default on portal_configurations (account, livemode) where is_default;
select keep_owner('portal_configurations');

create table portal_sessions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  configuration text not null references portal_configurations,
  flow jsonb,
  locale text,
  return_url text,
  url text not null,
  expires_at bigint not null
);
create index portal_sessions_expiry on portal_sessions (expires_at);
select keep_owner('portal_sessions');
