-- Tiers, packages, free amounts, several currencies, metered prices; how each line's amount came about; usage as it was billed.
alter table prices
  alter column unit_amount_decimal drop not null,
  add column billing_scheme text not null default 'per_unit',
  add column tiers_mode text,
  add column tiers jsonb,
  add column transform_quantity jsonb,
  add column custom_unit_amount jsonb,
  add column currency_options jsonb not null default '{}';
update prices set recurring = recurring || '{"meter": null, "dimension_filters": {}}' where recurring is not null;

alter table invoice_line_items add column basis jsonb;
alter table invoice_items add column basis jsonb;

alter table subscriptions
  add column billing_thresholds jsonb,
  add column minimum_commitment bigint,
  add column maximum_spend bigint;
alter table subscription_items
  add column billing_thresholds jsonb,
  add column usage_from bigint;

-- One span of one item's usage at one price: what of it has been billed so far. Open until no event of it can come any more.
create table usage_periods (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  subscription text not null,
  subscription_item text not null,
  price text not null references prices,
  meter text not null,
  dimension_filters jsonb not null,
  period_start bigint not null,
  period_end bigint not null,
  billed_quantity text not null,
  billed_amount bigint not null,
  tax_rates text[] not null default '{}',
  closed boolean not null default false,
  unique (subscription_item, price, period_start)
);
create index usage_periods_open on usage_periods (subscription) where not closed;
create index invoice_line_items_subscription on invoice_line_items (subscription, period_end) where subscription is not null;
