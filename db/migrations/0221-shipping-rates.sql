-- What the delivery of goods costs.
create table shipping_rates (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  display_name text not null,
  amount bigint not null,
  currency text not null,
  currency_options jsonb not null default '{}',
  delivery_estimate jsonb,
  tax_behavior text not null,
  tax_code text,
  metadata jsonb not null default '{}'
);
create index shipping_rates_list on shipping_rates (account, livemode, created desc, seq desc);
select keep_owner('shipping_rates');

-- What a checkout offers, and the tax on what the buyer has chosen.
update checkout_sessions set settings = '{"shipping_address_collection": null, "shipping_options": []}' || settings,
  amounts = '{"shipping_tax": 0, "shipping_total": 0}' || amounts;
update payment_links set settings = '{"shipping_address_collection": null, "shipping_options": []}' || settings;
