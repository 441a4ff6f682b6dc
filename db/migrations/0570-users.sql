-- The people who use the console, how they have logged in, and the links by which they set a password.
create table users (
  id text primary key,
  account text not null references accounts,
  created bigint not null,
  seq bigint generated always as identity,
  email text,
  name text,
  role text not null check (role in ('owner', 'finance', 'support', 'developer', 'read_only')),
  password text,
  failed_logins integer not null default 0,
  locked_until bigint,
  last_login_at bigint,
  disabled_at bigint
);
-- The login page asks for an address only, so an address belongs to one user of the installation.
create unique index users_email on users (lower(email));
create index users_list on users (account, created desc, seq desc);
select keep_owner('users');

create table user_sessions (
  id text primary key,
  "user" text not null references users,
  created bigint not null,
  token_hash text not null unique,
  livemode boolean not null,
  method text not null check (method in ('password', 'link', 'passkey', 'sso')),
  last_seen_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  ip text not null,
  user_agent text not null
);
create index user_sessions_of_user on user_sessions ("user", created desc);
create index user_sessions_old on user_sessions (expires_at);

-- The id is the hash of the link's token.
create table user_links (
  id text primary key,
  "user" text not null references users,
  created bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index user_links_of_user on user_links ("user");
create index user_links_old on user_links (expires_at);

-- Null: the key may do everything.
alter table api_keys add column scopes jsonb;
