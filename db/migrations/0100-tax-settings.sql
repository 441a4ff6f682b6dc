-- The seller's settings and registrations for automatic tax.
create table tax_settings (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  head_office jsonb,
  tax_behavior text,
  tax_code text
);
create unique index tax_settings_of_account on tax_settings (account, livemode);
select keep_owner('tax_settings');

create table tax_registrations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  country text not null,
  type text not null,
  scheme text,
  state text,
  active_from bigint not null,
  expires_at bigint
);
create index tax_registrations_list on tax_registrations (account, livemode, created desc, seq desc);
select keep_owner('tax_registrations');

-- The address from which the customer last bought, as the seller reports it.
alter table customers add column tax_ip_address text;
