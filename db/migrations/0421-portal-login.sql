-- The page at which a customer asks for a link by mail, and the links. Each opens one session.
alter table portal_configurations add column login_page jsonb not null default '{"enabled": false, "url": null}';
alter table portal_configurations alter column login_page drop default;
create unique index portal_configurations_login on portal_configurations ((login_page ->> 'url')) where login_page ->> 'url' is not null;

create table portal_logins (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  configuration text not null references portal_configurations,
  expires_at bigint not null,
  used_at bigint
);
create index portal_logins_expiry on portal_logins (expires_at);
select keep_owner('portal_logins');
create index portal_logins_of_customer on portal_logins (customer, created);
create index customers_address on customers (account, livemode, lower(email)) where not deleted and email is not null;
