-- Which products come with a license key, the keys that sign them, the licenses, and the machines that use them.
create table license_policies (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  product text not null,
  activation_limit integer,
  duration_days integer,
  lease_days integer not null,
  on_refund text not null,
  on_dispute text not null,
  on_cancellation text not null,
  metadata jsonb not null default '{}',
  foreign key (account, livemode, product) references products (account, livemode, id)
);
create unique index license_policies_product on license_policies (account, livemode, product) where active;
create index license_policies_list on license_policies (account, livemode, created desc, seq desc);
select keep_owner('license_policies');

-- The private part is derived from the installation's secret and the id. One signs; the others still verify.
create table license_signing_keys (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null
);
create unique index license_signing_keys_active on license_signing_keys (account, livemode) where active;
create index license_signing_keys_list on license_signing_keys (account, livemode, created desc, seq desc);
select keep_owner('license_signing_keys');
insert into license_signing_keys (id, account, livemode, created, active)
select 'lsk_' || substr(md5(a.id || mode.livemode), 1, 24), a.id, mode.livemode, a.created, true
from accounts a, (values (false), (true)) as mode (livemode);

create table licenses (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  product text not null,
  policy text not null references license_policies,
  subscription text,
  subscription_item text,
  checkout_session text,
  payment_intent text,
  status text not null,
  status_reason text,
  status_changed_at bigint not null,
  activation_limit integer,
  expires_at bigint,
  key text not null
);
create index licenses_list on licenses (account, livemode, created desc, seq desc);
create index licenses_customer on licenses (customer);
create index licenses_payment_intent on licenses (payment_intent) where payment_intent is not null;
create index licenses_checkout_session on licenses (checkout_session) where checkout_session is not null;
create unique index licenses_subscription_item on licenses (subscription_item, product) where subscription_item is not null;
select keep_owner('licenses');

create table license_activations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  license text not null references licenses,
  fingerprint text not null,
  name text,
  leased_until bigint not null
);
create unique index license_activations_machine on license_activations (license, fingerprint) where not deleted;
create index license_activations_list on license_activations (account, livemode, license, created desc, seq desc);
select keep_owner('license_activations');
