-- Every resource that speaks on Stripe's wire. Times are epoch seconds (UTC), amounts integer minor units.
-- `seq` orders what was created in the same second; lists read (created, seq) descending.

create table accounts (
  id text primary key,
  created bigint not null,
  name text not null,
  country text not null default 'US',
  default_currency text not null default 'usd',
  settings jsonb not null,
  next_invoice_sequence bigint not null default 1
);

create table api_keys (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  prefix text not null,
  last4 text not null,
  hash text not null unique,
  name text,
  created bigint not null,
  revoked_at bigint
);

-- One row per writing request: what was asked, under which ids it runs, and what was answered.
-- Workflow histories carry only its id, so that no personal data reaches Temporal.
create table requests (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  idempotency_key text,
  method text not null,
  path text not null,
  hash text not null,
  parameters jsonb not null,
  created bigint not null,
  holder text,
  held_until timestamptz,
  status integer,
  response text
);
create unique index requests_key on requests (account, livemode, idempotency_key) where idempotency_key is not null;
create index requests_created on requests (created);

create table test_clocks (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  name text,
  frozen_time bigint not null,
  target_time bigint,
  status text not null,
  status_details jsonb not null default '{}',
  deletes_after bigint not null,
  deleted boolean not null default false
);

create table customers (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  test_clock text references test_clocks,
  name text,
  email text,
  phone text,
  description text,
  address jsonb,
  shipping jsonb,
  balance bigint not null default 0,
  currency text,
  delinquent boolean not null default false,
  invoice_prefix text not null,
  next_invoice_sequence bigint not null default 1,
  invoice_settings jsonb not null,
  preferred_locales text[] not null default '{}',
  tax_exempt text not null default 'none',
  discount text,
  metadata jsonb not null default '{}'
);
create index customers_list on customers (account, livemode, created desc, seq desc);
create index customers_email on customers (account, livemode, email);
create index customers_clock on customers (test_clock) where test_clock is not null;

create table customer_balance_transactions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  amount bigint not null,
  currency text not null,
  ending_balance bigint not null,
  type text not null,
  invoice text,
  description text,
  metadata jsonb not null default '{}'
);
create index customer_balance_transactions_list on customer_balance_transactions (customer, created desc, seq desc);

create table products (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  updated bigint not null,
  deleted boolean not null default false,
  active boolean not null default true,
  name text not null,
  description text,
  default_price text,
  images text[] not null default '{}',
  marketing_features jsonb not null default '[]',
  package_dimensions jsonb,
  shippable boolean,
  statement_descriptor text,
  tax_code text,
  unit_label text,
  url text,
  metadata jsonb not null default '{}'
);
create index products_list on products (account, livemode, created desc, seq desc);

create table prices (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  product text not null references products,
  active boolean not null default true,
  type text not null,
  currency text not null,
  unit_amount bigint,
  unit_amount_decimal text not null,
  recurring jsonb,
  tax_behavior text not null default 'unspecified',
  nickname text,
  lookup_key text,
  metadata jsonb not null default '{}'
);
create index prices_list on prices (account, livemode, created desc, seq desc);
create index prices_product on prices (product);
create unique index prices_lookup_key on prices (account, livemode, lookup_key) where lookup_key is not null;

create table tax_rates (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null default true,
  display_name text not null,
  percentage text not null,
  inclusive boolean not null,
  country text,
  state text,
  jurisdiction text,
  description text,
  tax_type text,
  metadata jsonb not null default '{}'
);
create index tax_rates_list on tax_rates (account, livemode, created desc, seq desc);

create table coupons (
  account text not null references accounts,
  livemode boolean not null,
  id text not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  name text,
  percent_off text,
  amount_off bigint,
  currency text,
  duration text not null,
  duration_in_months integer,
  max_redemptions integer,
  redeem_by bigint,
  times_redeemed integer not null default 0,
  applies_to jsonb,
  metadata jsonb not null default '{}',
  key text primary key
);
create index coupons_list on coupons (account, livemode, created desc, seq desc);

create table discounts (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  coupon text not null references coupons,
  customer text references customers,
  subscription text,
  subscription_item text,
  invoice text,
  invoice_item text,
  starts_at bigint not null,
  ends_at bigint
);
create index discounts_customer on discounts (customer) where not deleted;

create table payment_methods (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  type text not null,
  allow_redisplay text not null default 'unspecified',
  billing_details jsonb not null,
  card jsonb,
  gateway text not null,
  gateway_reference text not null,
  risk_level text not null default 'normal',
  set_up boolean not null default false,
  metadata jsonb not null default '{}'
);
create index payment_methods_customer on payment_methods (customer, created desc, seq desc);

create table setup_intents (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  client_secret text not null,
  payment_method text,
  status text not null,
  usage text not null,
  description text,
  cancellation_reason text,
  last_setup_error jsonb,
  next_action jsonb,
  payment_method_types text[] not null,
  automatic_payment_methods jsonb,
  payment_method_options jsonb,
  attempts integer not null default 0,
  return_url text,
  subscription text,
  has_workflow boolean not null default false,
  metadata jsonb not null default '{}'
);
create index setup_intents_list on setup_intents (account, livemode, created desc, seq desc);

create table payment_intents (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  invoice text,
  client_secret text not null,
  amount bigint not null,
  amount_capturable bigint not null default 0,
  amount_received bigint not null default 0,
  currency text not null,
  status text not null,
  capture_method text not null,
  confirmation_method text not null,
  payment_method text,
  payment_method_types text[] not null,
  automatic_payment_methods jsonb,
  payment_method_options jsonb,
  setup_future_usage text,
  latest_charge text,
  attempts integer not null default 0,
  last_payment_error jsonb,
  next_action jsonb,
  return_url text,
  description text,
  receipt_email text,
  shipping jsonb,
  statement_descriptor text,
  statement_descriptor_suffix text,
  cancellation_reason text,
  canceled_at bigint,
  capture_before bigint,
  capture_requested bigint,
  cancel_requested boolean not null default false,
  has_workflow boolean not null default false,
  metadata jsonb not null default '{}'
);
create index payment_intents_list on payment_intents (account, livemode, created desc, seq desc);
create index payment_intents_customer on payment_intents (customer, created desc);
create index payment_intents_invoice on payment_intents (invoice) where invoice is not null;

-- One try at moving money (or at setting a card up). Committed before the gateway is called; at most one is open
-- per intent and per invoice, whoever asks. The gateway's idempotency key is its id: <intent>/attempt-<number>.
create table payment_attempts (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  intent text not null,
  invoice text,
  customer text references customers,
  workflow text not null,
  number integer not null,
  kind text not null,
  status text not null,
  amount bigint not null,
  currency text not null,
  payment_method text not null,
  fingerprint text not null,
  gateway text not null,
  gateway_reference text,
  off_session boolean not null,
  three_d_secure text,
  assessment jsonb,
  answer jsonb,
  answered_at bigint,
  unique (intent, number)
);
create unique index payment_attempts_open_intent on payment_attempts (intent)
  where status in ('open', 'requires_action', 'unknown');
create unique index payment_attempts_open_invoice on payment_attempts (invoice)
  where status in ('open', 'requires_action', 'unknown') and invoice is not null;

-- Velocity: how often a person tried a card within the hour. In test mode cards are shared, so there it is per customer.
create index payment_attempts_card on payment_attempts (account, fingerprint, created) where livemode and not off_session;
create index payment_attempts_customer on payment_attempts (customer, created) where not livemode and not off_session;

create table charges (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  payment_intent text not null references payment_intents,
  attempt integer not null,
  invoice text,
  payment_method text not null,
  payment_method_details jsonb not null,
  billing_details jsonb not null,
  amount bigint not null,
  amount_captured bigint not null,
  amount_refunded bigint not null default 0,
  currency text not null,
  captured boolean not null,
  paid boolean not null,
  refunded boolean not null default false,
  disputed boolean not null default false,
  status text not null,
  failure_code text,
  failure_message text,
  outcome jsonb,
  balance_transaction text,
  description text,
  receipt_email text,
  statement_descriptor text,
  statement_descriptor_suffix text,
  shipping jsonb,
  gateway_reference text,
  metadata jsonb not null default '{}',
  unique (payment_intent, attempt)
);
create index charges_list on charges (account, livemode, created desc, seq desc);
create index charges_customer on charges (customer, created desc);
create index charges_card on charges (account, livemode, (payment_method_details -> 'card' ->> 'fingerprint'), created desc);

create table refunds (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  charge text not null references charges,
  payment_intent text not null,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text,
  failure_reason text,
  balance_transaction text,
  failure_balance_transaction text,
  gateway_reference text,
  outside text,
  settles_at bigint,
  settles_as text,
  metadata jsonb not null default '{}'
);
create index refunds_list on refunds (account, livemode, created desc, seq desc);
create index refunds_charge on refunds (charge);

create table disputes (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  charge text not null references charges,
  payment_intent text not null,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text not null,
  network_reason_code text,
  is_charge_refundable boolean not null,
  evidence jsonb not null,
  due_by bigint,
  submitted_at bigint,
  submission_count integer not null default 0,
  decides_at bigint,
  closed_at bigint,
  balance_transactions text[] not null default '{}',
  payment_method_details jsonb not null,
  gateway_reference text,
  outside text,
  metadata jsonb not null default '{}'
);
create index disputes_list on disputes (account, livemode, created desc, seq desc);
create index disputes_charge on disputes (charge);
create index disputes_customer on disputes (customer);

create table balance_transactions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  type text not null,
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  currency text not null,
  fee_details jsonb not null default '[]',
  source text not null,
  description text,
  available_on bigint not null,
  reporting_category text not null
);
create index balance_transactions_list on balance_transactions (account, livemode, created desc, seq desc);

create table subscriptions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  test_clock text references test_clocks,
  hidden boolean not null default false,
  status text not null,
  currency text not null,
  collection_method text not null,
  days_until_due integer,
  start_date bigint not null,
  billing_cycle_anchor bigint not null,
  billing_cycle_anchor_config jsonb,
  billing_mode jsonb not null,
  trial_start bigint,
  trial_end bigint,
  trial_settings jsonb not null,
  trial_will_end_sent_at bigint,
  cancel_at bigint,
  cancel_at_period_end boolean not null default false,
  canceled_at bigint,
  ended_at bigint,
  cancellation_details jsonb not null,
  pause_collection jsonb,
  paused_at bigint,
  resumption_invoice text,
  pending_update jsonb,
  pending_setup_intent text,
  latest_invoice text,
  disputed_by text,
  default_payment_method text,
  default_tax_rates text[] not null default '{}',
  discounts text[] not null default '{}',
  payment_settings jsonb not null,
  invoice_settings jsonb not null,
  description text,
  metadata jsonb not null default '{}'
);
create index subscriptions_list on subscriptions (account, livemode, created desc, seq desc);
create index subscriptions_customer on subscriptions (customer, created desc, seq desc);

create table subscription_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  subscription text not null references subscriptions on delete cascade,
  price text not null references prices,
  quantity bigint,
  current_period_start bigint not null,
  current_period_end bigint not null,
  discounts text[] not null default '{}',
  tax_rates text[] not null default '{}',
  metadata jsonb not null default '{}'
);
create index subscription_items_subscription on subscription_items (subscription);

create table invoices (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  hidden boolean not null default false,
  customer text not null references customers,
  subscription text,
  test_clock text references test_clocks,
  cause text not null,
  cycle_at bigint,
  number text,
  status text not null,
  currency text not null,
  billing_reason text not null,
  collection_method text not null,
  auto_advance boolean not null,
  automatically_finalizes_at bigint,
  attempt_count integer not null default 0,
  attempted boolean not null default false,
  next_payment_attempt bigint,
  period_start bigint not null,
  period_end bigint not null,
  due_date bigint,
  effective_at bigint,
  finalized_at bigint,
  paid_at bigint,
  voided_at bigint,
  marked_uncollectible_at bigint,
  past_due_at bigint,
  subtotal bigint not null default 0,
  subtotal_excluding_tax bigint not null default 0,
  total bigint not null default 0,
  total_excluding_tax bigint not null default 0,
  total_discount_amounts jsonb not null default '[]',
  total_taxes jsonb not null default '[]',
  starting_balance bigint not null default 0,
  ending_balance bigint,
  amount_due bigint not null default 0,
  amount_paid bigint not null default 0,
  amount_remaining bigint not null default 0,
  paid_out_of_band boolean not null default false,
  payment_intent text,
  default_payment_method text,
  default_tax_rates text[] not null default '{}',
  discounts text[] not null default '{}',
  payment_settings jsonb not null,
  subscription_metadata jsonb,
  customer_details jsonb not null,
  description text,
  footer text,
  custom_fields jsonb,
  statement_descriptor text,
  metadata jsonb not null default '{}',
  deleted boolean not null default false
);
create index invoices_list on invoices (account, livemode, created desc, seq desc);
create index invoices_customer on invoices (customer, created desc, seq desc);
create index invoices_subscription on invoices (subscription, created desc, seq desc) where subscription is not null;
create unique index invoices_number on invoices (account, livemode, number) where number is not null;
create unique index invoices_cycle on invoices (subscription, cycle_at) where cycle_at is not null;

create table invoice_line_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  invoice text not null references invoices on delete cascade,
  position integer not null,
  amount bigint not null,
  subtotal bigint not null,
  currency text not null,
  description text,
  quantity bigint,
  discountable boolean not null,
  discounts text[] not null default '{}',
  discount_amounts jsonb not null default '[]',
  tax_rates text[] not null default '{}',
  taxes jsonb not null default '[]',
  price text,
  product text,
  unit_amount_decimal text,
  tax_behavior text,
  invoice_item text,
  subscription text,
  subscription_item text,
  proration boolean not null default false,
  proration_details jsonb,
  period_start bigint not null,
  period_end bigint not null,
  metadata jsonb not null default '{}'
);
create index invoice_line_items_invoice on invoice_line_items (invoice, position);
create index invoice_line_items_item on invoice_line_items (subscription_item, period_end) where subscription_item is not null;

create table invoice_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  customer text not null references customers,
  test_clock text references test_clocks,
  invoice text,
  subscription text,
  subscription_item text,
  amount bigint not null,
  currency text not null,
  description text,
  quantity bigint not null,
  discountable boolean not null,
  discounts text[] not null default '{}',
  tax_rates text[] not null default '{}',
  price text,
  product text,
  unit_amount_decimal text,
  tax_behavior text,
  proration boolean not null default false,
  proration_details jsonb,
  period_start bigint not null,
  period_end bigint not null,
  metadata jsonb not null default '{}'
);
create index invoice_items_pending on invoice_items (customer) where invoice is null and not deleted;
create index invoice_items_list on invoice_items (account, livemode, created desc, seq desc);

create table invoice_payments (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  invoice text not null references invoices on delete cascade,
  payment_intent text not null,
  amount_requested bigint not null,
  amount_paid bigint,
  currency text not null,
  is_default boolean not null,
  status text not null,
  paid_at bigint,
  canceled_at bigint
);
create index invoice_payments_invoice on invoice_payments (invoice);
create index invoice_payments_intent on invoice_payments (payment_intent);

create table webhook_endpoints (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null default false,
  url text not null,
  description text,
  enabled_events text[] not null,
  status text not null,
  api_version text,
  secrets jsonb not null,
  metadata jsonb not null default '{}'
);

create table events (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  type text not null,
  api_version text not null,
  object_id text not null,
  object jsonb not null,
  previous_attributes jsonb,
  order_key text not null,
  workflow text not null,
  cause text not null,
  request text,
  idempotency_key text,
  unique (object_id, type, workflow, cause)
);
create index events_list on events (account, livemode, created desc, seq desc);
create index events_object on events (object_id, seq);

-- One event for one endpoint, written with the event. `order_key` keeps a subscription's events in order.
create table deliveries (
  id text primary key,
  account text not null references accounts,
  seq bigint generated always as identity,
  endpoint text not null references webhook_endpoints,
  event text not null references events,
  order_key text not null,
  status text not null,
  attempts integer not null default 0,
  first_attempt_at timestamptz,
  next_attempt_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index deliveries_due on deliveries (endpoint, next_attempt_at) where status = 'pending';
create index deliveries_event on deliveries (event);
create index deliveries_order on deliveries (endpoint, order_key, seq) where status = 'pending';

create table delivery_attempts (
  id text primary key,
  delivery text not null references deliveries,
  at timestamptz not null,
  duration_milliseconds integer not null,
  status integer,
  error text
);
create index delivery_attempts_delivery on delivery_attempts (delivery, at);
