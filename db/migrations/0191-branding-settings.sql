-- How the pages of an account look in one mode.
create table branding_settings (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  branding jsonb not null
);
create unique index branding_settings_of_account on branding_settings (account, livemode);
select keep_owner('branding_settings');

-- Sessions and links from before look as usual.
update checkout_sessions set settings = settings || '{"branding": null}';
update payment_links set settings = settings || '{"branding": null}';
