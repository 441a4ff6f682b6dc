-- What products give access to, and what each customer has access to now.
create table entitlement_features (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  lookup_key text not null,
  name text not null,
  metadata jsonb not null default '{}'
);
create index entitlement_features_list on entitlement_features (account, livemode, created desc, seq desc);
-- The key of an archived feature is free again.
create unique index entitlement_features_lookup_key on entitlement_features (account, livemode, lookup_key) where active;
select keep_owner('entitlement_features');

create table product_features (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  product text not null,
  feature text not null references entitlement_features,
  lookup_key text not null,
  usage_limit jsonb,
  foreign key (account, livemode, product) references products (account, livemode, id)
);
create unique index product_features_once on product_features (account, livemode, product, feature) where not deleted;
create index product_features_list on product_features (account, livemode, product, created desc, seq desc);
select keep_owner('product_features');

-- One row for each feature that a customer has or had: it is found by customer and feature, and says what the present period allows.
create table active_entitlements (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  customer text not null references customers,
  feature text not null references entitlement_features,
  lookup_key text not null,
  grants jsonb not null,
  limit_amount bigint,
  meter text references meters,
  period_start bigint,
  period_end bigint
);
create unique index active_entitlements_once on active_entitlements (customer, feature);
create index active_entitlements_list on active_entitlements (account, livemode, customer, created desc, seq desc);
select keep_owner('active_entitlements');
