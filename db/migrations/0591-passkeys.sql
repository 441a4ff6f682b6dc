-- Keys by which users log in without a password. Only the public half is here.
create table passkeys (
  id text primary key,
  "user" text not null references users,
  created bigint not null,
  name text not null,
  -- The authenticator's own id of the key.
  credential text not null unique,
  public_key bytea not null,
  -- Uses that the authenticator has counted; 0 from one that does not count.
  counter bigint not null,
  transports jsonb not null,
  -- Whether the key is copied between the person's devices.
  is_synced boolean not null,
  last_used_at bigint
);
create index passkeys_of_user on passkeys ("user", created desc);
