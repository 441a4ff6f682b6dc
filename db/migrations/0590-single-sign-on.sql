-- Who a user is at a provider of single sign-on. The subject never changes; an e-mail address may.
create table user_identities (
  issuer text not null,
  subject text not null,
  "user" text not null references users,
  created bigint not null,
  primary key (issuer, subject),
  unique (issuer, "user")
);

-- Logins of more than one step. The id is the hash of a token that only the browser has, and from which the secrets of the steps are made.
create table login_attempts (
  id text primary key,
  purpose text not null check (purpose in ('new_passkey', 'passkey', 'sso')),
  "user" text references users,
  back text not null,
  created bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index login_attempts_old on login_attempts (expires_at);
