-- Written by `npm run schema` from db/migrations; a test keeps it true. Do not edit.

set check_function_bodies = off;

create sequence deliveries_seq;

create sequence events_seq;

CREATE OR REPLACE FUNCTION public.add_event_guards(partition text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create unique index on %I (id)', partition);
  execute format('create unique index on %I ((md5(object_id || '' '' || type || '' '' || workflow || '' '' || commit_key)::uuid))', partition);
end $function$;

CREATE OR REPLACE FUNCTION public.add_event_partition(parent text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first timestamptz := date_trunc('week', at, 'UTC');
  last timestamptz := first + interval '7 days';
  name text := parent || '_' || to_char(first at time zone 'UTC', 'IYYY"w"IW');
  is_late boolean;
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(817430687, 2);
  if to_regclass(name) is not null then return; end if;
  execute format('select exists (select 1 from %I where recorded >= %L and recorded < %L)', parent || '_other', first, last) into is_late;
  if is_late then return; end if;
  execute format('create table %I partition of %I for values from (%L) to (%L)', name, parent, first, last);
  if parent = 'events' then perform add_event_guards(name); end if;
end $function$;

CREATE OR REPLACE FUNCTION public.add_meter_partition(month timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  first timestamptz := date_trunc('month', month, 'UTC');
  name text := 'meter_events_' || to_char(first at time zone 'UTC', 'YYYY_MM');
begin
  perform pg_advisory_xact_lock(817430687, 1);
  if to_regclass(name) is not null then return; end if;
  execute format('create table %I partition of meter_events for values from (%s) to (%s)', name,
    (extract(epoch from first) * 1000000)::bigint, (extract(epoch from first + interval '1 month') * 1000000)::bigint);
  -- An identifier counts once in a month; in the months before, it is looked up.
  execute format('create unique index on %I (identifier)', name);
end $function$;

CREATE OR REPLACE FUNCTION public.count_completed_session()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update payment_links set completed_sessions = completed_sessions + 1 where id = new.payment_link;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.forget_later_months()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from ledger_months where account = new.account and livemode = new.livemode and ends_at > new.posted;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.invoice_webhooks_delivered()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (
    select 1 from webhook_endpoints e where e.account = new.account and e.livemode = new.livemode and not e.deleted and e.status = 'enabled'
      and e.enabled_events && array['invoice.created', '*']
  ) then
    new.webhooks_delivered_at := new.created;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.keep_owner(of regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  has_mode boolean := exists (select 1 from pg_attribute where attrelid = of and attname = 'livemode' and not attisdropped);
begin
  execute format(
    'create trigger keep_owner before update on %s for each row when (old.account is distinct from new.account%s) execute function refuse_another_owner()',
    of, case when has_mode then ' or old.livemode is distinct from new.livemode' else '' end);
end $function$;

CREATE OR REPLACE FUNCTION public.ledger_transaction_balances()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (
    select 1 from ledger_entries where transaction = new.transaction group by currency having sum(amount) <> 0
  ) then
    raise exception 'ledger transaction % does not balance', new.transaction;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.make_default_value_lists(of_account text, at bigint)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into value_lists (id, account, livemode, created, alias, name, item_type, created_by)
  select 'rsl_' || substr(md5(of_account || mode.livemode || list.alias), 1, 24), of_account, mode.livemode, at, list.alias, list.name,
    list.item_type, 'dunlin'
  from (values (false), (true)) as mode (livemode), (values
    ('card_bin_allowlist', 'Allowed card numbers', 'card_bin'), ('card_bin_blocklist', 'Blocked card numbers', 'card_bin'),
    ('card_country_allowlist', 'Allowed card countries', 'country'), ('card_country_blocklist', 'Blocked card countries', 'country'),
    ('card_fingerprint_allowlist', 'Allowed cards', 'card_fingerprint'), ('card_fingerprint_blocklist', 'Blocked cards', 'card_fingerprint'),
    ('customer_id_allowlist', 'Allowed customers', 'customer_id'), ('customer_id_blocklist', 'Blocked customers', 'customer_id'),
    ('email_allowlist', 'Allowed e-mail addresses', 'email'), ('email_blocklist', 'Blocked e-mail addresses', 'email'),
    ('ip_address_allowlist', 'Allowed IP addresses', 'ip_address'), ('ip_address_blocklist', 'Blocked IP addresses', 'ip_address')
  ) as list (alias, name, item_type)
  on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION public.post_in_open_month()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare closed bigint;
begin
  perform pg_current_xact_id();
  select max(ends_at) into closed from ledger_closes where account = new.account and livemode = new.livemode;
  new.posted := greatest(new.created, coalesce(closed, 0));
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_another_owner()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a row of % would go to another account or mode', tg_table_name using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.retire_accounts_prefix()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into retired_invoice_prefixes
    select old.id, mode = 'live', old.settings #>> array[mode, 'invoices', 'prefix'], null from unnest(array['live', 'test']) mode
    where old.settings #>> array[mode, 'invoices', 'prefix'] <> new.settings #>> array[mode, 'invoices', 'prefix']
  on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.retire_customers_prefix()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into retired_invoice_prefixes values (old.account, old.livemode, old.invoice_prefix, old.id) on conflict do nothing;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.revenue_share(amount bigint, starts_at bigint, ends_at bigint, at bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when at >= ends_at then amount when at <= starts_at then 0
    else (sign(amount) * div(2 * abs(amount)::numeric * (at - starts_at) + (ends_at - starts_at), 2 * (ends_at - starts_at)::numeric))::bigint end
$function$;

create table accounts (
  id text not null,
  created bigint not null,
  name text not null,
  country text default 'US'::text not null,
  default_currency text default 'usd'::text not null,
  settings jsonb not null,
  next_invoice_sequence bigint default 1 not null,
  next_test_invoice_sequence bigint default 1 not null,
  chosen_invoice_numbers bigint default 0 not null,
  forecast text
);

create table active_entitlements (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  customer text not null,
  feature text not null,
  lookup_key text not null,
  grants jsonb not null,
  limit_amount bigint,
  meter text,
  period_start bigint,
  period_end bigint
);

create table agent_amounts (
  account text not null,
  livemode boolean not null,
  key_id text not null,
  call text not null,
  currency text not null,
  amount bigint not null,
  created bigint not null
);

create table alert_triggereds (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  alert text not null,
  customer text not null,
  activation integer not null,
  number integer not null,
  value text not null,
  period_end bigint
);

create table alerts (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  title text not null,
  alert_type text not null,
  status text not null,
  activation integer not null,
  counts_from bigint not null,
  meter text,
  currency text,
  customer text,
  gte bigint not null,
  recurrence text not null
);

create table api_keys (
  id text not null,
  account text not null,
  livemode boolean not null,
  prefix text not null,
  last4 text not null,
  hash text not null,
  name text,
  created bigint not null,
  revoked_at bigint,
  scopes jsonb,
  expires_at bigint,
  last_used_at bigint,
  agent boolean default false not null
);

create table audit_entries (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  actor text not null,
  operation text not null,
  object text,
  request text not null,
  ip text not null,
  status integer not null,
  error text
);

create table balance_transactions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  type text not null,
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  currency text not null,
  fee_details jsonb default '[]'::jsonb not null,
  source text not null,
  description text,
  available_on bigint not null,
  reporting_category text not null
);

create table branding_settings (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  branding jsonb not null
);

create table charges (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  payment_intent text not null,
  attempt integer not null,
  invoice text,
  payment_method text not null,
  payment_method_details jsonb not null,
  billing_details jsonb not null,
  amount bigint not null,
  amount_captured bigint not null,
  amount_refunded bigint default 0 not null,
  currency text not null,
  captured boolean not null,
  paid boolean not null,
  refunded boolean default false not null,
  disputed boolean default false not null,
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
  metadata jsonb default '{}'::jsonb not null,
  user_report text,
  dispute text,
  gateway text not null,
  review text
);

create table checkout_sessions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  test_clock text,
  mode text not null,
  ui_mode text not null,
  status text not null,
  client_secret text not null,
  page_url text not null,
  currency text,
  expires_at bigint not null,
  completed_at bigint,
  line_items jsonb not null,
  amounts jsonb not null,
  tax_status text,
  discounts jsonb not null,
  settings jsonb not null,
  customer_details jsonb,
  shipping_details jsonb,
  shipping_rate text,
  consent jsonb,
  custom_fields jsonb not null,
  payment_intent text,
  setup_intent text,
  subscription text,
  offer text,
  invoice text,
  payment_method text,
  attempts integer not null,
  payment_link text,
  client_reference_id text,
  recovered_from text,
  metadata jsonb default '{}'::jsonb not null,
  withdrawal_consent_at bigint,
  renewal_consent_at bigint,
  attempted_at bigint,
  recovery_expires_at bigint,
  experiment_assignment text,
  async_payment text,
  tax_provider text,
  buyer_ip text,
  reservation text
);

create table commits (
  workflow text not null,
  commit_key text not null,
  seq bigint generated always as identity not null,
  account text not null,
  step text not null,
  at bigint not null,
  outcome text,
  refusal jsonb,
  recorded timestamp with time zone default now() not null
);

create table confirmation_tokens (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  expires_at bigint not null,
  payment_method text not null,
  preview jsonb not null,
  return_url text,
  setup_future_usage text,
  shipping jsonb,
  payment_intent text,
  setup_intent text
);

create table coupons (
  account text not null,
  livemode boolean not null,
  id text not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  name text,
  percent_off text,
  amount_off bigint,
  currency text,
  duration text not null,
  duration_in_months integer,
  max_redemptions integer,
  redeem_by bigint,
  times_redeemed integer default 0 not null,
  applies_to jsonb,
  metadata jsonb default '{}'::jsonb not null,
  key text not null,
  currency_options jsonb default '{}'::jsonb not null
);

create table credit_balance_transactions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  test_clock text,
  credit_grant text not null,
  type text not null,
  reason text not null,
  amount bigint not null,
  currency text not null,
  effective_at bigint not null,
  invoice text,
  invoice_line_item text
);

create table credit_grants (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  updated bigint not null,
  customer text not null,
  test_clock text,
  name text,
  category text not null,
  currency text not null,
  amount bigint not null,
  balance bigint not null,
  priority integer not null,
  prices text[],
  effective_at bigint not null,
  expires_at bigint,
  voided_at bigint,
  metadata jsonb not null
);

create table credit_note_line_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  credit_note text not null,
  "position" integer not null,
  type text not null,
  invoice_line_item text,
  description text,
  quantity bigint,
  unit_amount_decimal text,
  amount bigint not null,
  discount_amounts jsonb default '[]'::jsonb not null,
  credit_amounts jsonb default '[]'::jsonb not null,
  taxes jsonb default '[]'::jsonb not null,
  deferred bigint default 0 not null,
  metadata jsonb default '{}'::jsonb not null
);

create table credit_notes (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  invoice text not null,
  number text not null,
  status text not null,
  type text not null,
  currency text not null,
  reason text,
  memo text,
  effective_at bigint,
  subtotal bigint not null,
  subtotal_excluding_tax bigint not null,
  total bigint not null,
  total_excluding_tax bigint not null,
  total_discount_amounts jsonb default '[]'::jsonb not null,
  total_credit_amounts jsonb default '[]'::jsonb not null,
  total_taxes jsonb default '[]'::jsonb not null,
  pre_payment_amount bigint not null,
  post_payment_amount bigint not null,
  out_of_band_amount bigint,
  customer_balance_transaction text,
  refunds jsonb default '[]'::jsonb not null,
  voided_at bigint,
  metadata jsonb default '{}'::jsonb not null,
  national_tax jsonb,
  dispute_amount bigint default 0 not null,
  shipping_cost jsonb
);

create table credit_purchases (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  credit_top_up text not null,
  number integer not null,
  customer text not null,
  invoice text not null,
  currency text not null,
  amount bigint not null,
  unit_amount bigint not null,
  name text,
  priority integer not null,
  prices text[],
  expires_after_days integer,
  status text not null,
  credit_grant text
);

create table credit_top_ups (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  updated bigint not null,
  deleted boolean not null,
  customer text not null,
  test_clock text,
  currency text not null,
  threshold bigint not null,
  amount bigint not null,
  unit_amount bigint,
  monthly_limit bigint not null,
  default_payment_method text,
  default_tax_rates text[] not null,
  name text,
  priority integer not null,
  prices text[],
  expires_after_days integer,
  status text not null,
  pause_reason text,
  purchases integer not null,
  month_start bigint,
  month_spent bigint not null,
  held_month bigint,
  pending_invoice text,
  latest_invoice text,
  latest_credit_grant text,
  metadata jsonb not null
);

create table customer_balance_transactions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  amount bigint not null,
  currency text not null,
  ending_balance bigint not null,
  type text not null,
  invoice text,
  description text,
  metadata jsonb default '{}'::jsonb not null,
  credit_note text
);

create table customer_keys (
  customer text not null,
  account text not null,
  livemode boolean not null,
  key bytea not null
);

create table customer_requests (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  type text not null,
  status text not null,
  customer text,
  subscription text,
  declaration jsonb not null,
  owner text not null,
  due_at bigint not null,
  open_reason text,
  plan jsonb,
  note text,
  resolved_at bigint,
  url text not null,
  accepted_at bigint,
  missed_at bigint,
  erased_at timestamp with time zone
);

create table customer_sessions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  client_secret text not null,
  customer text not null,
  components jsonb not null,
  expires_at bigint not null
);

create table customers (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  test_clock text,
  name text,
  email text,
  phone text,
  description text,
  address jsonb,
  shipping jsonb,
  balance bigint default 0 not null,
  currency text,
  delinquent boolean default false not null,
  invoice_prefix text not null,
  next_invoice_sequence bigint default 1 not null,
  invoice_settings jsonb not null,
  preferred_locales text[] default '{}'::text[] not null,
  tax_exempt text default 'none'::text not null,
  discount text,
  metadata jsonb default '{}'::jsonb not null,
  other_balances jsonb default '{}'::jsonb not null,
  default_source text,
  tax_ip_address text,
  billed_by text default 'dunlin'::text not null
);

create table cutovers (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  status text not null,
  forced boolean not null,
  due_at bigint,
  frozen jsonb not null,
  switched_at bigint,
  reason text,
  money_at_switch jsonb
);

create table deliveries (
  id text not null,
  account text not null,
  seq bigint default nextval('deliveries_seq'::regclass) not null,
  endpoint text not null,
  event text not null,
  order_key text not null,
  status text not null,
  attempts integer default 0 not null,
  first_attempt_at timestamp with time zone,
  next_attempt_at timestamp with time zone default now() not null,
  delivered_at timestamp with time zone,
  recorded timestamp with time zone not null
) partition by RANGE (recorded);

create table delivery_attempts (
  id text not null,
  delivery text not null,
  at timestamp with time zone not null,
  duration_milliseconds integer not null,
  status integer,
  error text,
  recorded timestamp with time zone not null
) partition by RANGE (recorded);

create table discounts (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  coupon text not null,
  customer text,
  subscription text,
  subscription_item text,
  invoice text,
  invoice_item text,
  starts_at bigint not null,
  ends_at bigint,
  promotion_code text
);

create table disputes (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  charge text not null,
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
  submission_count integer default 0 not null,
  decides_at bigint,
  closed_at bigint,
  balance_transactions text[] default '{}'::text[] not null,
  payment_method_details jsonb not null,
  gateway_reference text,
  pending_call text,
  metadata jsonb default '{}'::jsonb not null,
  has_evidence boolean default false not null,
  keeps_tax boolean,
  counter_fee bigint default 0 not null,
  case_type text not null,
  enhanced_evidence jsonb default '{}'::jsonb not null,
  drafted_at bigint,
  sources jsonb default '[]'::jsonb not null,
  prior_charges text[] default '{}'::text[] not null,
  owner text not null,
  when_unanswered text not null,
  answers_at bigint,
  clears_fraud boolean default false not null,
  rate_warnings text[] default '{}'::text[] not null,
  erased_at timestamp with time zone,
  estimated_fee bigint
);

create table document_settings (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  contact jsonb,
  bank_account jsonb,
  memo text,
  footer text,
  custom_fields jsonb,
  page_size text not null
);

create table dunnings (
  invoice text not null,
  account text not null,
  livemode boolean not null,
  customer text not null,
  subscription text,
  created bigint not null,
  status text not null,
  failed_at bigint not null,
  retries integer default 0 not null,
  next_retry_at bigint,
  failed_payment_method text,
  decline_code text,
  hard boolean default false not null,
  ended_at bigint,
  seq bigint generated always as identity not null,
  program jsonb not null,
  step integer not null,
  reached_at bigint not null,
  due_at bigint,
  notice text,
  not_before bigint,
  country text,
  amount bigint not null,
  paid_before bigint not null,
  credited_before bigint not null,
  first_decline_code text,
  tried_step integer,
  recovered_by text,
  recovered_step integer,
  task text
);

create table early_fraud_warnings (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  charge text not null,
  payment_intent text not null,
  fraud_type text not null,
  actionable boolean not null
);

create table entitlement_features (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  lookup_key text not null,
  name text not null,
  metadata jsonb default '{}'::jsonb not null
);

create table events (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint default nextval('events_seq'::regclass) not null,
  type text not null,
  api_version text not null,
  object_id text not null,
  object jsonb not null,
  previous_attributes jsonb,
  order_key text not null,
  workflow text not null,
  commit_key text not null,
  request text,
  idempotency_key text,
  thin boolean default false not null,
  recorded timestamp with time zone default now() not null,
  customer text,
  person bytea
) partition by RANGE (recorded);

create table exchange_rates (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  from_currency text not null,
  to_currency text not null,
  rate text not null,
  day text not null,
  source text
);

create table experiment_assignments (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  experiment text not null,
  visitor text,
  customer text,
  arm text not null,
  drawn text,
  counted_with text not null,
  answers jsonb default '{}'::jsonb not null
);

create table experiments (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  name text not null,
  status text not null,
  arms jsonb not null,
  window_days integer not null,
  started_at bigint,
  ended_at bigint,
  promoted_arm text,
  metadata jsonb default '{}'::jsonb not null
);

create table file_contents (
  account text not null,
  livemode boolean not null,
  sha256 text not null,
  received timestamp with time zone default now() not null,
  data bytea not null
);

create table file_links (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  file text not null,
  expires_at bigint,
  metadata jsonb default '{}'::jsonb not null
);

create table files (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  filename text,
  purpose text not null,
  size bigint not null,
  type text,
  sha256 text not null,
  expires_at bigint
);

create table fills (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  status text not null,
  customers integer not null,
  months integer not null,
  starts_at bigint not null,
  parts_done integer default 0 not null,
  doing text,
  test_clock text,
  ended_at bigint,
  failure text
);

create table forecast_batches (
  forecast text not null,
  number integer not null,
  account text not null,
  subscriptions text[] not null,
  customers text[] not null,
  months_done integer default 0 not null,
  is_done boolean default false not null
);

create table forecast_customers (
  forecast text not null,
  account text not null,
  livemode boolean not null,
  version text not null,
  customer text not null,
  currency text not null,
  revenue bigint not null,
  tax bigint not null
);

create table forecast_sums (
  forecast text not null,
  batch integer not null,
  account text not null,
  version text not null,
  starts_at bigint not null,
  currency text not null,
  revenue bigint not null,
  tax bigint not null,
  cash bigint not null,
  invoices bigint not null,
  mrr bigint not null
);

create table forecasts (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  status text not null,
  edges bigint[] not null,
  customers text[],
  prices text[],
  test_clock text,
  changes jsonb,
  assumptions text[] default '{}'::text[] not null,
  ended_at bigint,
  failure text
);

create table fraud_decisions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  attempt text not null,
  payment_intent text not null,
  round text not null,
  assessment jsonb not null,
  matched jsonb not null,
  "values" jsonb not null
);

create table held (
  id text not null,
  workflow text not null,
  kind text not null,
  subject text not null,
  account text not null,
  livemode boolean not null,
  customer text,
  test_clock text,
  seq bigint generated always as identity not null,
  created bigint not null,
  step text not null,
  commit_key text not null,
  reason text not null,
  error jsonb not null,
  app_version text not null,
  times integer default 1 not null,
  look_again_at bigint,
  released_at bigint
);

create table imported_objects (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  import text not null,
  kind text not null,
  source_id text not null,
  outcome text not null,
  digest text not null,
  problems jsonb not null,
  summary jsonb
);

create table imports (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  source text not null,
  dry_run boolean not null,
  status text not null,
  test_clock text,
  kind text,
  cursor text,
  finished_at bigint,
  source_test_clock text,
  content text,
  error text
);

create table instance (
  id boolean default true not null,
  key text not null,
  created timestamp with time zone default now() not null,
  sealed_with text
);

create table invoice_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  customer text not null,
  test_clock text,
  invoice text,
  subscription text,
  subscription_item text,
  amount bigint not null,
  currency text not null,
  description text,
  quantity bigint not null,
  discountable boolean not null,
  discounts text[] default '{}'::text[] not null,
  tax_rates text[] default '{}'::text[] not null,
  price text,
  product text,
  unit_amount_decimal text,
  tax_behavior text,
  proration boolean default false not null,
  proration_details jsonb,
  period_start bigint not null,
  period_end bigint not null,
  metadata jsonb default '{}'::jsonb not null,
  basis jsonb,
  tax_code text
);

create table invoice_line_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  invoice text not null,
  "position" integer not null,
  amount bigint not null,
  subtotal bigint not null,
  currency text not null,
  description text,
  quantity bigint,
  discountable boolean not null,
  discounts text[] default '{}'::text[] not null,
  discount_amounts jsonb default '[]'::jsonb not null,
  tax_rates text[] default '{}'::text[] not null,
  taxes jsonb default '[]'::jsonb not null,
  price text,
  product text,
  unit_amount_decimal text,
  tax_behavior text,
  invoice_item text,
  subscription text,
  subscription_item text,
  proration boolean default false not null,
  proration_details jsonb,
  period_start bigint not null,
  period_end bigint not null,
  metadata jsonb default '{}'::jsonb not null,
  deferred bigint default 0 not null,
  basis jsonb,
  credit_amounts jsonb default '[]'::jsonb not null,
  deferred_from bigint default 0 not null,
  written_off bigint default 0 not null,
  tax_code text
);

create table invoice_payments (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  invoice text not null,
  payment_intent text,
  amount_requested bigint not null,
  amount_paid bigint,
  currency text not null,
  is_default boolean not null,
  status text not null,
  paid_at bigint,
  canceled_at bigint,
  payment_record text
);

create table invoice_rendering_templates (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  nickname text,
  status text not null,
  version bigint not null,
  memo text,
  footer text,
  custom_fields jsonb,
  metadata jsonb default '{}'::jsonb not null
);

create table invoices (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  hidden boolean default false not null,
  customer text not null,
  subscription text,
  test_clock text,
  commit_key text not null,
  cycle_at bigint,
  number text,
  status text not null,
  currency text not null,
  billing_reason text not null,
  collection_method text not null,
  auto_advance boolean not null,
  automatically_finalizes_at bigint,
  attempt_count integer default 0 not null,
  attempted boolean default false not null,
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
  subtotal bigint default 0 not null,
  subtotal_excluding_tax bigint default 0 not null,
  total bigint default 0 not null,
  total_excluding_tax bigint default 0 not null,
  total_discount_amounts jsonb default '[]'::jsonb not null,
  total_taxes jsonb default '[]'::jsonb not null,
  starting_balance bigint default 0 not null,
  ending_balance bigint,
  amount_due bigint default 0 not null,
  amount_paid bigint default 0 not null,
  amount_remaining bigint default 0 not null,
  paid_out_of_band boolean default false not null,
  payment_intent text,
  default_payment_method text,
  default_tax_rates text[] default '{}'::text[] not null,
  discounts text[] default '{}'::text[] not null,
  payment_settings jsonb not null,
  subscription_metadata jsonb,
  customer_details jsonb not null,
  description text,
  footer text,
  custom_fields jsonb,
  statement_descriptor text,
  metadata jsonb default '{}'::jsonb not null,
  deleted boolean default false not null,
  total_credit_amounts jsonb default '[]'::jsonb not null,
  last_finalization_error jsonb,
  quote text,
  webhooks_delivered_at bigint,
  account_tax_ids text[],
  automatic_tax jsonb default '{"status": null, "enabled": false, "provider": null, "disabled_reason": null}'::jsonb not null,
  pre_payment_credit_notes_amount bigint default 0 not null,
  post_payment_credit_notes_amount bigint default 0 not null,
  customer_tax_ids jsonb default '[]'::jsonb not null,
  tax_awaited_since bigint,
  seller_details jsonb,
  page_size text,
  amount_overpaid bigint default 0 not null,
  amount_paid_off_stripe bigint default 0 not null,
  from_invoice text,
  latest_revision text,
  will_be_due_at bigint,
  rendering jsonb,
  receipt_number text,
  refund_parts jsonb default '[]'::jsonb not null,
  national_tax jsonb,
  consolidates text[] default '{}'::text[] not null,
  shipping_cost jsonb,
  shipping_details jsonb
);

create table ledger_balances (
  close text not null,
  ledger_account text not null,
  currency text not null,
  amount bigint not null
);

create table ledger_closes (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  starts_at bigint not null,
  ends_at bigint not null,
  status text not null,
  closed_at bigint
);

create table ledger_codes (
  account text not null,
  livemode boolean not null,
  ledger_account text not null,
  code text not null
);

create table ledger_entries (
  id text not null,
  transaction text not null,
  ledger_account text not null,
  amount bigint not null,
  currency text not null,
  invoice text,
  tax_rate text,
  taxable_amount bigint,
  taxability_reason text
);

create table ledger_month_balances (
  month bigint not null,
  ledger_account text not null,
  currency text not null,
  amount bigint not null
);

create table ledger_months (
  id bigint generated always as identity not null,
  account text not null,
  livemode boolean not null,
  ends_at bigint not null,
  is_kept boolean default false not null
);

create table ledger_transactions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  type text not null,
  source text not null,
  customer text,
  workflow text not null,
  commit_key text not null,
  posted bigint not null
);

create table license_activations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  license text not null,
  fingerprint text not null,
  name text,
  leased_until bigint not null
);

create table license_policies (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  product text not null,
  activation_limit integer,
  duration_days integer,
  lease_days integer not null,
  on_refund text not null,
  on_dispute text not null,
  on_cancellation text not null,
  metadata jsonb default '{}'::jsonb not null
);

create table license_signing_keys (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null
);

create table licenses (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  product text not null,
  policy text not null,
  subscription text,
  subscription_item text,
  checkout_session text,
  payment_intent text,
  status text not null,
  status_reason text,
  status_changed_at bigint not null,
  activation_limit integer,
  expires_at bigint,
  key text not null,
  invoice text,
  invoice_line text
);

create table location_evidence (
  invoice text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  recorded timestamp with time zone default now() not null,
  country text not null,
  items jsonb not null,
  is_contradicted boolean not null
);

create table login_attempts (
  id text not null,
  purpose text not null,
  "user" text,
  back text not null,
  created bigint not null,
  expires_at bigint not null,
  used_at bigint
);

create table mail_suppressions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean not null,
  email text not null,
  reason text not null,
  mail text
);

create table mails (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  kind text not null,
  customer text,
  test_clock text,
  recipient text not null,
  locales jsonb not null,
  about text not null,
  facts jsonb not null,
  status text not null,
  problem text,
  tries integer not null,
  next_try_at bigint,
  sent_at bigint,
  content jsonb,
  recorded timestamp with time zone default now() not null
);

create table mandates (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  payment_method text not null,
  status text not null,
  type text not null,
  amount bigint,
  currency text,
  acceptance jsonb not null,
  reference text not null,
  schedule jsonb,
  erased_at timestamp with time zone
);

create table meter_errors (
  account text not null,
  livemode boolean not null,
  meter text not null,
  code text not null,
  opened bigint not null,
  latest bigint not null,
  errors bigint not null,
  samples jsonb not null
);

create table meter_events (
  received bigint not null,
  at bigint not null,
  series bigint not null,
  content bigint not null,
  identifier uuid not null,
  canceled boolean default false not null,
  value numeric,
  cost numeric
) partition by RANGE (received);

create table meter_rollups (
  series bigint not null,
  hour integer not null,
  events bigint not null,
  sum numeric,
  max numeric,
  last numeric,
  last_at bigint,
  last_received bigint,
  cost numeric
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);

create table meter_series (
  id bigint generated always as identity not null,
  key uuid not null,
  account text not null,
  livemode boolean not null,
  meter text not null,
  customer text not null,
  dimensions jsonb default '{}'::jsonb not null
);

create table meter_uniques (
  series bigint not null,
  hour integer not null,
  value numeric not null
);

create table meters (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  updated bigint not null,
  display_name text not null,
  event_name text not null,
  status text not null,
  deactivated_at bigint,
  formula text not null,
  event_time_window text,
  customer_key text not null,
  value_key text not null,
  dimension_keys text[] default '{}'::text[] not null,
  cost_key text,
  cost_currency text
);

create table mrr_movements (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  subscription text not null,
  test_clock text,
  currency text not null,
  type text not null,
  amount bigint not null,
  subscription_mrr bigint not null,
  customer_mrr bigint not null
);

create table operator_actions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  action text not null,
  processor text not null,
  api_key text,
  reason text,
  per_second integer
);

create table passkeys (
  id text not null,
  "user" text not null,
  created bigint not null,
  name text not null,
  credential text not null,
  public_key bytea not null,
  counter bigint not null,
  transports jsonb not null,
  is_synced boolean not null,
  last_used_at bigint
);

create table payment_attempts (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  intent text not null,
  invoice text,
  customer text,
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
  mandate text,
  settles_at bigint,
  route jsonb,
  waiting_for text,
  sends_at bigint,
  waits integer default 0 not null
);

create table payment_evaluations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  payment_method text not null,
  details jsonb not null,
  recommended_action text not null,
  risk jsonb not null,
  outcome jsonb,
  metadata jsonb default '{}'::jsonb not null
);

create table payment_intents (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  invoice text,
  client_secret text not null,
  amount bigint not null,
  amount_capturable bigint default 0 not null,
  amount_received bigint default 0 not null,
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
  attempts integer default 0 not null,
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
  cancel_requested boolean default false not null,
  has_workflow boolean default false not null,
  metadata jsonb default '{}'::jsonb not null,
  allowed_payment_method_types text[],
  checkout_session text,
  tax_calculation text,
  tax_attempts jsonb default '[]'::jsonb not null,
  payment_method_configuration text,
  debited_at bigint,
  review text,
  becomes_default boolean default false not null,
  captures integer default 0 not null,
  capture_is_final boolean default true not null
);

create table payment_links (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  url text not null,
  mode text not null,
  currency text not null,
  line_items jsonb not null,
  settings jsonb not null,
  inactive_message text,
  sessions_limit integer,
  completed_sessions integer default 0 not null,
  metadata jsonb default '{}'::jsonb not null,
  experiment text
);

create table payment_method_configurations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  is_default boolean not null,
  name text not null,
  preferences jsonb not null
);

create table payment_methods (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  type text not null,
  allow_redisplay text default 'unspecified'::text not null,
  billing_details jsonb not null,
  card jsonb,
  gateway text not null,
  gateway_reference text not null,
  risk_level text default 'normal'::text not null,
  set_up boolean default false not null,
  metadata jsonb default '{}'::jsonb not null,
  is_source boolean default false not null,
  token text,
  bank_account jsonb,
  mandate text,
  expiry_told_for integer
);

create table payment_records (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  currency text not null,
  status text not null,
  amount_requested bigint not null,
  amount_guaranteed bigint not null,
  amount_failed bigint not null,
  amount_canceled bigint not null,
  amount_refunded bigint not null,
  latest_attempt text not null,
  customer_details jsonb not null,
  customer_presence text,
  description text,
  payment_method_details jsonb not null,
  payment_reference text,
  shipping jsonb,
  metadata jsonb default '{}'::jsonb not null
);

create table portal_configurations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  is_default boolean not null,
  name text,
  business_profile jsonb not null,
  default_return_url text,
  features jsonb not null,
  metadata jsonb default '{}'::jsonb not null,
  updated bigint not null,
  login_page jsonb not null
);

create table portal_logins (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  configuration text not null,
  expires_at bigint not null,
  used_at bigint
);

create table portal_retention_offers (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  subscription text not null,
  coupon text not null,
  session text not null,
  status text not null
);

create table portal_sessions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  configuration text not null,
  flow jsonb,
  locale text,
  return_url text,
  url text not null,
  expires_at bigint not null
);

create table prices (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  product text not null,
  active boolean default true not null,
  type text not null,
  currency text not null,
  unit_amount bigint,
  unit_amount_decimal text,
  recurring jsonb,
  tax_behavior text default 'unspecified'::text not null,
  nickname text,
  lookup_key text,
  metadata jsonb default '{}'::jsonb not null,
  billing_scheme text default 'per_unit'::text not null,
  tiers_mode text,
  tiers jsonb,
  transform_quantity jsonb,
  custom_unit_amount jsonb,
  currency_options jsonb default '{}'::jsonb not null,
  deleted boolean default false not null
);

create table pricing_tables (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  url text not null,
  products jsonb not null,
  settings jsonb not null,
  metadata jsonb default '{}'::jsonb not null
);

create table processor_events (
  processor text not null,
  id text not null,
  livemode boolean not null,
  type text not null,
  received timestamp with time zone default now() not null,
  handled timestamp with time zone,
  fetched boolean default false not null
);

create table processor_fetches (
  processor text not null,
  livemode boolean not null,
  read_until bigint not null,
  tried_at bigint not null,
  read_at bigint,
  error text
);

create table processor_states (
  account text not null,
  livemode boolean not null,
  processor text not null,
  status text default 'running'::text not null,
  paused_by text,
  paused_at bigint,
  reason text,
  failures integer default 0 not null,
  failing_since bigint,
  per_second integer
);

create table product_downloads (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  product text not null,
  name text not null,
  file text,
  url text
);

create table product_features (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  product text not null,
  feature text not null,
  lookup_key text not null,
  usage_limit jsonb
);

create table products (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  updated bigint not null,
  deleted boolean default false not null,
  active boolean default true not null,
  name text not null,
  description text,
  default_price text,
  images text[] default '{}'::text[] not null,
  marketing_features jsonb default '[]'::jsonb not null,
  package_dimensions jsonb,
  shippable boolean,
  statement_descriptor text,
  tax_code text,
  unit_label text,
  url text,
  metadata jsonb default '{}'::jsonb not null,
  type text default 'service'::text not null
);

create table promotion_codes (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  code text not null,
  active boolean not null,
  coupon text not null,
  customer text,
  expires_at bigint,
  max_redemptions integer,
  times_redeemed integer default 0 not null,
  restrictions jsonb not null,
  metadata jsonb default '{}'::jsonb not null
);

create table quotes (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  test_clock text,
  status text not null,
  sequence integer,
  revision integer not null,
  number text,
  expires_at bigint not null,
  collection_method text not null,
  currency text,
  description text,
  header text,
  footer text,
  discounts text[] default '{}'::text[] not null,
  default_tax_rates text[] default '{}'::text[] not null,
  invoice_settings jsonb not null,
  subscription_data jsonb not null,
  line_items jsonb not null,
  amounts jsonb not null,
  upfront jsonb not null,
  recurring jsonb,
  from_quote jsonb,
  invoice text,
  subscription text,
  subscription_schedule text,
  accepted_at bigint,
  canceled_at bigint,
  finalized_at bigint,
  metadata jsonb default '{}'::jsonb not null,
  automatic_tax jsonb default '{"status": null, "enabled": false, "provider": null}'::jsonb not null
);

create table radar_rules (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  action text not null,
  predicate text not null,
  condition jsonb not null,
  after_bank boolean not null,
  active boolean not null,
  version integer not null,
  metadata jsonb default '{}'::jsonb not null,
  shadow boolean default false not null
);

create table reconciliation_differences (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  reconciliation text not null,
  processor text not null,
  day text not null,
  kind text not null,
  object_kind text not null,
  reference text not null,
  object text,
  ours jsonb,
  theirs jsonb,
  state text default 'open'::text not null,
  owner text,
  note text
);

create table reconciliations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  processor text not null,
  day text not null,
  source text not null,
  status text not null,
  compared integer not null,
  differences integer not null
);

create table recovery_program_versions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  program text not null,
  version integer not null,
  segment jsonb not null,
  arms jsonb not null
);

create table recovery_programs (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  name text not null,
  active boolean not null,
  "position" integer not null,
  segment jsonb not null,
  arms jsonb not null,
  version integer not null,
  metadata jsonb default '{}'::jsonb not null
);

create table refunds (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  charge text not null,
  payment_intent text not null,
  amount bigint not null,
  currency text not null,
  status text not null,
  reason text,
  failure_reason text,
  balance_transaction text,
  failure_balance_transaction text,
  gateway_reference text,
  pending_call text,
  settles_at bigint,
  settles_as text,
  metadata jsonb default '{}'::jsonb not null,
  waiting_for text,
  sends_at bigint,
  waits integer default 0 not null
);

create table repair_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  repair text not null,
  invoice text not null,
  customer text not null,
  currency text not null,
  status text not null,
  version text,
  says bigint,
  would_say bigint,
  note_amount bigint,
  new_amount bigint,
  credit_note text,
  new_invoice text,
  reason text
);

create table repairs (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  description text,
  selection jsonb not null,
  correction jsonb not null,
  give_back text not null,
  status text not null,
  created_by text not null,
  approved_by text,
  approved_at bigint,
  reason text,
  ended_at bigint
);

create table requested_tax_calculations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  currency text not null,
  customer text,
  customer_details jsonb not null,
  tax_date bigint not null,
  expires_at bigint not null,
  lines jsonb not null,
  shipping_cost jsonb
);

create table requests (
  id text not null,
  account text not null,
  livemode boolean not null,
  idempotency_key text,
  method text not null,
  path text not null,
  hash text not null,
  parameters jsonb not null,
  created bigint not null,
  holder text,
  held_until timestamp with time zone,
  status integer,
  response text,
  finished_at timestamp with time zone,
  api_version text
);

create table retired_invoice_prefixes (
  account text not null,
  livemode boolean not null,
  prefix text not null,
  customer text
);

create table revenue_schedules (
  id text not null,
  transaction text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  invoice text not null,
  invoice_line_item text not null,
  currency text not null,
  amount bigint not null,
  starts_at bigint not null,
  ends_at bigint not null,
  counts_from bigint not null,
  posted bigint not null
);

create table reviews (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  charge text not null,
  payment_intent text not null,
  billing_zip text,
  open boolean not null,
  opened_reason text not null,
  closed_reason text,
  closed_at bigint,
  owner text,
  decide_by bigint,
  default_decision text not null,
  missed_at bigint
);

create table routing_versions (
  account text not null,
  livemode boolean not null,
  version integer not null,
  created bigint not null,
  api_key text,
  rules jsonb not null
);

create table sandbox_faults (
  id bigint generated always as identity not null,
  kind text not null,
  match text,
  remaining integer not null,
  account text not null,
  processor text
);

create table sandbox_operations (
  key text not null,
  kind text not null,
  amount bigint,
  currency text,
  card text,
  answer jsonb not null,
  created timestamp with time zone default now() not null,
  account text,
  livemode boolean,
  processor text
);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null
);

create table setup_intents (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
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
  attempts integer default 0 not null,
  return_url text,
  subscription text,
  has_workflow boolean default false not null,
  metadata jsonb default '{}'::jsonb not null,
  allowed_payment_method_types text[],
  checkout_session text,
  payment_method_configuration text,
  mandate text
);

create table shadow_invoices (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  subscription text not null,
  currency text not null,
  cycle_at bigint not null,
  ours jsonb,
  theirs jsonb,
  status text not null,
  differences jsonb not null,
  check_at bigint not null
);

create table shipping_rates (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean not null,
  display_name text not null,
  amount bigint not null,
  currency text not null,
  currency_options jsonb default '{}'::jsonb not null,
  delivery_estimate jsonb,
  tax_behavior text not null,
  tax_code text,
  metadata jsonb default '{}'::jsonb not null
);

create table subscription_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  subscription text not null,
  price text not null,
  quantity bigint,
  current_period_start bigint not null,
  current_period_end bigint not null,
  discounts text[] default '{}'::text[] not null,
  tax_rates text[] default '{}'::text[] not null,
  metadata jsonb default '{}'::jsonb not null,
  billing_thresholds jsonb,
  usage_from bigint
);

create table subscription_schedules (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  test_clock text,
  status text not null,
  subscription text,
  released_subscription text,
  end_behavior text not null,
  billing_mode jsonb not null,
  phases jsonb not null,
  default_settings jsonb not null,
  current_phase_start bigint,
  expiring_sent_for bigint,
  canceled_at bigint,
  completed_at bigint,
  released_at bigint,
  metadata jsonb default '{}'::jsonb not null,
  starts_elsewhere boolean default false not null
);

create table subscriptions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text not null,
  test_clock text,
  hidden boolean default false not null,
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
  cancel_at_period_end boolean default false not null,
  canceled_at bigint,
  ended_at bigint,
  cancellation_details jsonb not null,
  pause_collection jsonb,
  paused_at bigint,
  resumption_invoice text,
  pending_update jsonb,
  pending_setup_intent text,
  latest_invoice text,
  default_payment_method text,
  default_tax_rates text[] default '{}'::text[] not null,
  discounts text[] default '{}'::text[] not null,
  payment_settings jsonb not null,
  invoice_settings jsonb not null,
  description text,
  metadata jsonb default '{}'::jsonb not null,
  billing_thresholds jsonb,
  minimum_commitment bigint,
  maximum_spend bigint,
  schedule text,
  free_until_anchor boolean default false not null,
  automatic_tax jsonb default '{"enabled": false, "disabled_reason": null}'::jsonb not null,
  checkout_session text,
  incomplete_until bigint,
  renewal_announced_for bigint,
  notice_given_for bigint,
  paused_for text,
  access_ended_at bigint,
  dispute_stages jsonb default '{}'::jsonb not null,
  mrr bigint default 0 not null,
  billed_elsewhere jsonb default '[]'::jsonb not null,
  pending_item_billing jsonb
);

create table support_messages (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  ticket text not null,
  author text not null,
  name text,
  message text not null,
  mail_id text
);

create table support_tickets (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  email text,
  subject text not null,
  route text not null,
  source text not null,
  invoice text,
  owner text,
  status text not null,
  answer_by bigint,
  missed_at bigint,
  first_answer_by bigint not null,
  first_answered_at bigint,
  closed_at bigint,
  metadata jsonb default '{}'::jsonb not null
);

create table tasks (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  customer text,
  type text not null,
  about text not null,
  workflow text not null,
  title text not null,
  owner text,
  answers text[] not null,
  default_answer text not null,
  answer_by bigint not null,
  status text not null,
  answer text,
  answered_by text,
  answered_at bigint,
  note text,
  needs text
);

create table tax_calculations (
  invoice text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  provider text not null,
  digest text not null,
  currency text not null,
  lines jsonb not null,
  provider_calculations jsonb default '[]'::jsonb not null
);

create table tax_ids (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  customer text,
  type text not null,
  value text not null,
  verification text,
  registry text,
  checking_since bigint,
  next_check_at bigint,
  checked_at bigint,
  registry_reference text,
  verified_name text,
  verified_address text
);

create table tax_rates (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  active boolean default true not null,
  display_name text not null,
  percentage text not null,
  inclusive boolean not null,
  country text,
  state text,
  jurisdiction text,
  description text,
  tax_type text,
  metadata jsonb default '{}'::jsonb not null,
  is_automatic boolean default false not null,
  basis text default '100'::text not null
);

create table tax_records (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  provider text not null,
  invoice text not null,
  kind text not null,
  credit_note text,
  status text not null,
  problem text,
  next_try_at bigint,
  lines jsonb default '[]'::jsonb not null,
  refund_part text,
  credited jsonb
);

create table tax_registrations (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  country text not null,
  type text not null,
  scheme text,
  state text,
  active_from bigint not null,
  expires_at bigint
);

create table tax_returns (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  form text not null,
  period text not null,
  report jsonb not null
);

create table tax_settings (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  head_office jsonb,
  tax_behavior text,
  tax_code text
);

create table tax_thresholds (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  area text not null,
  period_start bigint not null,
  level text not null,
  standing jsonb not null
);

create table tax_transactions (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  type text not null,
  reference text not null,
  original text,
  calculation text,
  currency text not null,
  customer text,
  customer_details jsonb not null,
  tax_date bigint not null,
  posted_at bigint not null,
  lines jsonb not null,
  shipping_cost jsonb,
  metadata jsonb default '{}'::jsonb not null
);

create table tax_watches (
  account text not null,
  livemode boolean not null,
  looked_at bigint not null
);

create table test_clocks (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  name text,
  frozen_time bigint not null,
  target_time bigint,
  status text not null,
  status_details jsonb default '{}'::jsonb not null,
  deletes_after bigint not null,
  deleted boolean default false not null
);

create table usage_periods (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  subscription text not null,
  subscription_item text not null,
  price text not null,
  meter text not null,
  dimension_filters jsonb not null,
  period_start bigint not null,
  period_end bigint not null,
  billed_quantity text not null,
  billed_amount bigint not null,
  tax_rates text[] default '{}'::text[] not null,
  closed boolean default false not null,
  bills integer default 0 not null
);

create table user_identities (
  issuer text not null,
  subject text not null,
  "user" text not null,
  created bigint not null
);

create table user_links (
  id text not null,
  "user" text not null,
  created bigint not null,
  expires_at bigint not null,
  used_at bigint,
  purpose text default 'setup'::text not null
);

create table user_sessions (
  id text not null,
  "user" text not null,
  created bigint not null,
  token_hash text not null,
  livemode boolean not null,
  method text not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  ip text not null,
  user_agent text not null
);

create table users (
  id text not null,
  account text not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  email text,
  name text,
  role text not null,
  password text,
  failed_logins integer default 0 not null,
  locked_until bigint,
  last_login_at bigint,
  disabled_at bigint
);

create table value_list_items (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  value_list text not null,
  value text not null,
  compared text not null,
  created_by text not null,
  deleted boolean default false not null
);

create table value_lists (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  alias text not null,
  name text not null,
  item_type text not null,
  created_by text not null,
  deleted boolean default false not null,
  metadata jsonb default '{}'::jsonb not null
);

create table webhook_endpoints (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity not null,
  deleted boolean default false not null,
  url text not null,
  description text,
  enabled_events text[] not null,
  status text not null,
  api_version text,
  secrets jsonb not null,
  metadata jsonb default '{}'::jsonb not null
);

create table workflows (
  id text not null,
  kind text not null,
  subject text not null,
  account text not null,
  livemode boolean not null,
  customer text,
  test_clock text,
  status text not null,
  next_due bigint,
  next_step text,
  agenda jsonb default '[]'::jsonb not null,
  started_at bigint not null,
  ended_at bigint,
  moved_at timestamp with time zone default now() not null,
  version bigint default 0 not null
);

CREATE OR REPLACE FUNCTION public.revenue_earned(schedule revenue_schedules, at bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when schedule.posted >= at then 0
    else revenue_share(schedule.amount, schedule.starts_at, schedule.ends_at, greatest(schedule.counts_from, at))
      - revenue_share(schedule.amount, schedule.starts_at, schedule.ends_at, schedule.counts_from) end
$function$;

alter table accounts add constraint accounts_pkey PRIMARY KEY (id);

alter table active_entitlements add constraint active_entitlements_pkey PRIMARY KEY (id);

alter table agent_amounts add constraint agent_amounts_pkey PRIMARY KEY (account, livemode, call, currency);

alter table alert_triggereds add constraint alert_triggereds_pkey PRIMARY KEY (id);

alter table alert_triggereds add constraint alert_triggereds_customer_alert_number_key UNIQUE (customer, alert, number);

alter table alerts add constraint alerts_pkey PRIMARY KEY (id);

alter table api_keys add constraint api_keys_pkey PRIMARY KEY (id);

alter table api_keys add constraint api_keys_hash_key UNIQUE (hash);

alter table audit_entries add constraint audit_entries_pkey PRIMARY KEY (id);

alter table audit_entries add constraint audit_entries_request_key UNIQUE (request);

alter table balance_transactions add constraint balance_transactions_pkey PRIMARY KEY (id);

alter table branding_settings add constraint branding_settings_pkey PRIMARY KEY (id);

alter table charges add constraint charges_pkey PRIMARY KEY (id);

alter table charges add constraint charges_payment_intent_attempt_key UNIQUE (payment_intent, attempt);

alter table charges add constraint charges_user_report_check CHECK ((user_report = ANY (ARRAY['safe'::text, 'fraudulent'::text])));

alter table checkout_sessions add constraint checkout_sessions_pkey PRIMARY KEY (id);

alter table commits add constraint commits_pkey PRIMARY KEY (workflow, commit_key);

alter table confirmation_tokens add constraint confirmation_tokens_pkey PRIMARY KEY (id);

alter table coupons add constraint coupons_pkey PRIMARY KEY (key);

alter table credit_balance_transactions add constraint credit_balance_transactions_pkey PRIMARY KEY (id);

alter table credit_balance_transactions add constraint credit_balance_transactions_amount_check CHECK ((amount > 0));

alter table credit_grants add constraint credit_grants_pkey PRIMARY KEY (id);

alter table credit_grants add constraint credit_grants_amount_check CHECK ((amount > 0));

alter table credit_grants add constraint credit_grants_check CHECK (((balance >= 0) AND (balance <= amount)));

alter table credit_note_line_items add constraint credit_note_line_items_pkey PRIMARY KEY (id);

alter table credit_notes add constraint credit_notes_pkey PRIMARY KEY (id);

alter table credit_notes add constraint credit_notes_sum CHECK (((pre_payment_amount >= 0) AND (post_payment_amount >= 0) AND ((pre_payment_amount + post_payment_amount) = total)));

alter table credit_purchases add constraint credit_purchases_pkey PRIMARY KEY (id);

alter table credit_purchases add constraint credit_purchases_credit_top_up_number_key UNIQUE (credit_top_up, number);

alter table credit_purchases add constraint credit_purchases_invoice_key UNIQUE (invoice);

alter table credit_purchases add constraint credit_purchases_amount_check CHECK ((amount > 0));

alter table credit_purchases add constraint credit_purchases_unit_amount_check CHECK ((unit_amount > 0));

alter table credit_top_ups add constraint credit_top_ups_pkey PRIMARY KEY (id);

alter table credit_top_ups add constraint credit_top_ups_amount_check CHECK ((amount > 0));

alter table credit_top_ups add constraint credit_top_ups_monthly_limit_check CHECK ((monthly_limit > 0));

alter table credit_top_ups add constraint credit_top_ups_threshold_check CHECK ((threshold > 0));

alter table credit_top_ups add constraint credit_top_ups_unit_amount_check CHECK ((unit_amount > 0));

alter table customer_balance_transactions add constraint customer_balance_transactions_pkey PRIMARY KEY (id);

alter table customer_keys add constraint customer_keys_pkey PRIMARY KEY (customer);

alter table customer_requests add constraint customer_requests_pkey PRIMARY KEY (id);

alter table customer_sessions add constraint customer_sessions_pkey PRIMARY KEY (id);

alter table customers add constraint customers_pkey PRIMARY KEY (id);

alter table customers add constraint customers_billed_by_check CHECK ((billed_by = ANY (ARRAY['dunlin'::text, 'source'::text])));

alter table cutovers add constraint cutovers_pkey PRIMARY KEY (id);

alter table deliveries add constraint deliveries_pkey PRIMARY KEY (id, recorded);

alter table delivery_attempts add constraint delivery_attempts_pkey PRIMARY KEY (id, recorded);

alter table discounts add constraint discounts_pkey PRIMARY KEY (id);

alter table disputes add constraint disputes_pkey PRIMARY KEY (id);

alter table document_settings add constraint document_settings_pkey PRIMARY KEY (id);

alter table dunnings add constraint dunnings_pkey PRIMARY KEY (invoice);

alter table early_fraud_warnings add constraint early_fraud_warnings_pkey PRIMARY KEY (id);

alter table entitlement_features add constraint entitlement_features_pkey PRIMARY KEY (id);

alter table exchange_rates add constraint exchange_rates_pkey PRIMARY KEY (id);

alter table exchange_rates add constraint exchange_rates_account_livemode_from_currency_to_currency_d_key UNIQUE (account, livemode, from_currency, to_currency, day);

alter table experiment_assignments add constraint experiment_assignments_pkey PRIMARY KEY (id);

alter table experiment_assignments add constraint experiment_assignments_check CHECK (((visitor IS NOT NULL) OR (customer IS NOT NULL)));

alter table experiments add constraint experiments_pkey PRIMARY KEY (id);

alter table file_contents add constraint file_contents_pkey PRIMARY KEY (account, livemode, sha256);

alter table file_links add constraint file_links_pkey PRIMARY KEY (id);

alter table files add constraint files_pkey PRIMARY KEY (id);

alter table fills add constraint fills_pkey PRIMARY KEY (id);

alter table fills add constraint fills_livemode_check CHECK ((NOT livemode));

alter table fills add constraint fills_status_check CHECK ((status = ANY (ARRAY['running'::text, 'completed'::text, 'canceled'::text, 'failed'::text])));

alter table forecast_batches add constraint forecast_batches_pkey PRIMARY KEY (forecast, number);

alter table forecast_customers add constraint forecast_customers_pkey PRIMARY KEY (forecast, customer, currency, version);

alter table forecast_customers add constraint forecast_customers_version_check CHECK ((version = ANY (ARRAY['as_now'::text, 'changed'::text])));

alter table forecast_sums add constraint forecast_sums_pkey PRIMARY KEY (forecast, batch, version, starts_at, currency);

alter table forecast_sums add constraint forecast_sums_version_check CHECK ((version = ANY (ARRAY['as_now'::text, 'changed'::text])));

alter table forecasts add constraint forecasts_pkey PRIMARY KEY (id);

alter table forecasts add constraint forecasts_status_check CHECK ((status = ANY (ARRAY['running'::text, 'completed'::text, 'canceled'::text, 'failed'::text])));

alter table fraud_decisions add constraint fraud_decisions_pkey PRIMARY KEY (id);

alter table fraud_decisions add constraint fraud_decisions_attempt_round_key UNIQUE (attempt, round);

alter table held add constraint held_pkey PRIMARY KEY (id);

alter table held add constraint held_workflow_key UNIQUE (workflow);

alter table held add constraint held_reason_check CHECK ((reason = ANY (ARRAY['failed'::text, 'stuck'::text, 'repeating'::text, 'refused'::text])));

alter table imported_objects add constraint imported_objects_pkey PRIMARY KEY (id);

alter table imports add constraint imports_pkey PRIMARY KEY (id);

alter table instance add constraint instance_pkey PRIMARY KEY (id);

alter table instance add constraint instance_id_check CHECK (id);

alter table invoice_items add constraint invoice_items_pkey PRIMARY KEY (id);

alter table invoice_line_items add constraint invoice_line_items_pkey PRIMARY KEY (id);

alter table invoice_payments add constraint invoice_payments_pkey PRIMARY KEY (id);

alter table invoice_payments add constraint invoice_payments_of_one CHECK (((payment_intent IS NULL) <> (payment_record IS NULL)));

alter table invoice_rendering_templates add constraint invoice_rendering_templates_pkey PRIMARY KEY (id);

alter table invoices add constraint invoices_pkey PRIMARY KEY (id);

alter table invoices add constraint invoices_never_overcredited CHECK (((pre_payment_credit_notes_amount >= 0) AND (post_payment_credit_notes_amount >= 0) AND (((pre_payment_credit_notes_amount + post_payment_credit_notes_amount) = 0) OR ((pre_payment_credit_notes_amount + post_payment_credit_notes_amount) <= total))));

alter table ledger_balances add constraint ledger_balances_pkey PRIMARY KEY (close, ledger_account, currency);

alter table ledger_closes add constraint ledger_closes_pkey PRIMARY KEY (id);

alter table ledger_closes add constraint ledger_closes_account_livemode_ends_at_key UNIQUE (account, livemode, ends_at);

alter table ledger_closes add constraint ledger_closes_status_check CHECK ((status = ANY (ARRAY['closing'::text, 'closed'::text])));

alter table ledger_codes add constraint ledger_codes_pkey PRIMARY KEY (account, livemode, ledger_account);

alter table ledger_entries add constraint ledger_entries_pkey PRIMARY KEY (id);

alter table ledger_entries add constraint ledger_entries_amount_check CHECK (((amount <> 0) OR (COALESCE(taxable_amount, (0)::bigint) <> 0)));

alter table ledger_month_balances add constraint ledger_month_balances_pkey PRIMARY KEY (month, ledger_account, currency);

alter table ledger_months add constraint ledger_months_pkey PRIMARY KEY (id);

alter table ledger_months add constraint ledger_months_account_livemode_ends_at_key UNIQUE (account, livemode, ends_at);

alter table ledger_transactions add constraint ledger_transactions_pkey PRIMARY KEY (id);

alter table license_activations add constraint license_activations_pkey PRIMARY KEY (id);

alter table license_policies add constraint license_policies_pkey PRIMARY KEY (id);

alter table license_signing_keys add constraint license_signing_keys_pkey PRIMARY KEY (id);

alter table licenses add constraint licenses_pkey PRIMARY KEY (id);

alter table location_evidence add constraint location_evidence_pkey PRIMARY KEY (invoice);

alter table login_attempts add constraint login_attempts_pkey PRIMARY KEY (id);

alter table login_attempts add constraint login_attempts_purpose_check CHECK ((purpose = ANY (ARRAY['new_passkey'::text, 'passkey'::text, 'sso'::text])));

alter table mail_suppressions add constraint mail_suppressions_pkey PRIMARY KEY (id);

alter table mail_suppressions add constraint mail_suppressions_reason_check CHECK ((reason = ANY (ARRAY['bounce'::text, 'complaint'::text, 'manual'::text])));

alter table mails add constraint mails_pkey PRIMARY KEY (id);

alter table mails add constraint mails_check CHECK (((status = 'pending'::text) = (next_try_at IS NOT NULL)));

alter table mails add constraint mails_status_check CHECK ((status = ANY (ARRAY['bounced'::text, 'failed'::text, 'kept'::text, 'pending'::text, 'sent'::text, 'suppressed'::text])));

alter table mandates add constraint mandates_pkey PRIMARY KEY (id);

alter table meter_errors add constraint meter_errors_pkey PRIMARY KEY (account, livemode, meter, code);

alter table meter_rollups add constraint meter_rollups_pkey PRIMARY KEY (series, hour);

alter table meter_series add constraint meter_series_pkey PRIMARY KEY (id);

alter table meter_series add constraint meter_series_key_key UNIQUE (key);

alter table meter_uniques add constraint meter_uniques_pkey PRIMARY KEY (series, hour, value);

alter table meters add constraint meters_pkey PRIMARY KEY (id);

alter table mrr_movements add constraint mrr_movements_pkey PRIMARY KEY (id);

alter table mrr_movements add constraint mrr_movements_amount_check CHECK ((amount <> 0));

alter table mrr_movements add constraint mrr_movements_customer_mrr_check CHECK ((customer_mrr >= 0));

alter table mrr_movements add constraint mrr_movements_subscription_mrr_check CHECK ((subscription_mrr >= 0));

alter table mrr_movements add constraint mrr_movements_type_check CHECK ((type = ANY (ARRAY['new'::text, 'expansion'::text, 'contraction'::text, 'churn'::text, 'reactivation'::text])));

alter table operator_actions add constraint operator_actions_pkey PRIMARY KEY (id);

alter table passkeys add constraint passkeys_pkey PRIMARY KEY (id);

alter table passkeys add constraint passkeys_credential_key UNIQUE (credential);

alter table payment_attempts add constraint payment_attempts_pkey PRIMARY KEY (id);

alter table payment_attempts add constraint payment_attempts_intent_number_key UNIQUE (intent, number);

alter table payment_evaluations add constraint payment_evaluations_pkey PRIMARY KEY (id);

alter table payment_intents add constraint payment_intents_pkey PRIMARY KEY (id);

alter table payment_links add constraint payment_links_pkey PRIMARY KEY (id);

alter table payment_method_configurations add constraint payment_method_configurations_pkey PRIMARY KEY (id);

alter table payment_methods add constraint payment_methods_pkey PRIMARY KEY (id);

alter table payment_methods add constraint payment_methods_token_check CHECK ((token = ANY (ARRAY['unused'::text, 'used'::text])));

alter table payment_records add constraint payment_records_pkey PRIMARY KEY (id);

alter table payment_records add constraint payment_records_amounts CHECK ((((amount_guaranteed = 0) OR (amount_guaranteed = amount_requested)) AND ((amount_refunded >= 0) AND (amount_refunded <= amount_guaranteed))));

alter table portal_configurations add constraint portal_configurations_pkey PRIMARY KEY (id);

alter table portal_logins add constraint portal_logins_pkey PRIMARY KEY (id);

alter table portal_retention_offers add constraint portal_retention_offers_pkey PRIMARY KEY (id);

alter table portal_sessions add constraint portal_sessions_pkey PRIMARY KEY (id);

alter table prices add constraint prices_pkey PRIMARY KEY (account, livemode, id);

alter table pricing_tables add constraint pricing_tables_pkey PRIMARY KEY (id);

alter table processor_events add constraint processor_events_pkey PRIMARY KEY (processor, id);

alter table processor_fetches add constraint processor_fetches_pkey PRIMARY KEY (processor, livemode);

alter table processor_states add constraint processor_states_pkey PRIMARY KEY (account, livemode, processor);

alter table product_downloads add constraint product_downloads_pkey PRIMARY KEY (id);

alter table product_downloads add constraint product_downloads_check CHECK (((file IS NULL) <> (url IS NULL)));

alter table product_features add constraint product_features_pkey PRIMARY KEY (id);

alter table products add constraint products_pkey PRIMARY KEY (account, livemode, id);

alter table products add constraint products_type_check CHECK ((type = ANY (ARRAY['good'::text, 'service'::text])));

alter table promotion_codes add constraint promotion_codes_pkey PRIMARY KEY (id);

alter table promotion_codes add constraint promotion_codes_check CHECK (((times_redeemed >= 0) AND ((max_redemptions IS NULL) OR (times_redeemed <= max_redemptions))));

alter table quotes add constraint quotes_pkey PRIMARY KEY (id);

alter table radar_rules add constraint radar_rules_pkey PRIMARY KEY (id);

alter table reconciliation_differences add constraint reconciliation_differences_pkey PRIMARY KEY (id);

alter table reconciliations add constraint reconciliations_pkey PRIMARY KEY (id);

alter table recovery_program_versions add constraint recovery_program_versions_pkey PRIMARY KEY (id);

alter table recovery_programs add constraint recovery_programs_pkey PRIMARY KEY (id);

alter table refunds add constraint refunds_pkey PRIMARY KEY (id);

alter table repair_items add constraint repair_items_pkey PRIMARY KEY (id);

alter table repair_items add constraint repair_items_status_check CHECK ((status = ANY (ARRAY['selected'::text, 'planned'::text, 'unchanged'::text, 'blocked'::text, 'corrected'::text, 'changed'::text, 'failed'::text])));

alter table repairs add constraint repairs_pkey PRIMARY KEY (id);

alter table repairs add constraint repairs_give_back_check CHECK ((give_back = ANY (ARRAY['customer_balance'::text, 'out_of_band'::text, 'refund'::text])));

alter table repairs add constraint repairs_status_check CHECK ((status = ANY (ARRAY['preparing'::text, 'draft'::text, 'running'::text, 'paused'::text, 'completed'::text, 'canceled'::text])));

alter table requested_tax_calculations add constraint requested_tax_calculations_pkey PRIMARY KEY (id);

alter table requests add constraint requests_pkey PRIMARY KEY (id);

alter table retired_invoice_prefixes add constraint retired_invoice_prefixes_pkey PRIMARY KEY (account, livemode, prefix);

alter table revenue_schedules add constraint revenue_schedules_pkey PRIMARY KEY (id);

alter table revenue_schedules add constraint revenue_schedules_amount_check CHECK ((amount <> 0));

alter table revenue_schedules add constraint revenue_schedules_check CHECK (((starts_at <= counts_from) AND (counts_from <= ends_at)));

alter table reviews add constraint reviews_pkey PRIMARY KEY (id);

alter table routing_versions add constraint routing_versions_pkey PRIMARY KEY (account, livemode, version);

alter table sandbox_faults add constraint sandbox_faults_pkey PRIMARY KEY (id);

alter table sandbox_operations add constraint sandbox_operations_pkey PRIMARY KEY (key);

alter table schema_migrations add constraint schema_migrations_pkey PRIMARY KEY (name);

alter table setup_intents add constraint setup_intents_pkey PRIMARY KEY (id);

alter table shadow_invoices add constraint shadow_invoices_pkey PRIMARY KEY (id);

alter table shipping_rates add constraint shipping_rates_pkey PRIMARY KEY (id);

alter table subscription_items add constraint subscription_items_pkey PRIMARY KEY (id);

alter table subscription_schedules add constraint subscription_schedules_pkey PRIMARY KEY (id);

alter table subscriptions add constraint subscriptions_pkey PRIMARY KEY (id);

alter table support_messages add constraint support_messages_pkey PRIMARY KEY (id);

alter table support_tickets add constraint support_tickets_pkey PRIMARY KEY (id);

alter table tasks add constraint tasks_pkey PRIMARY KEY (id);

alter table tax_calculations add constraint tax_calculations_pkey PRIMARY KEY (invoice);

alter table tax_ids add constraint tax_ids_pkey PRIMARY KEY (id);

alter table tax_ids add constraint tax_ids_verification_check CHECK ((verification = ANY (ARRAY['pending'::text, 'verified'::text, 'unverified'::text, 'unavailable'::text])));

alter table tax_rates add constraint tax_rates_pkey PRIMARY KEY (id);

alter table tax_records add constraint tax_records_pkey PRIMARY KEY (id);

alter table tax_registrations add constraint tax_registrations_pkey PRIMARY KEY (id);

alter table tax_returns add constraint tax_returns_pkey PRIMARY KEY (id);

alter table tax_returns add constraint tax_returns_account_livemode_form_period_key UNIQUE (account, livemode, form, period);

alter table tax_settings add constraint tax_settings_pkey PRIMARY KEY (id);

alter table tax_thresholds add constraint tax_thresholds_pkey PRIMARY KEY (id);

alter table tax_transactions add constraint tax_transactions_pkey PRIMARY KEY (id);

alter table tax_transactions add constraint tax_transactions_kind CHECK ((((type = 'transaction'::text) AND (original IS NULL)) OR ((type = 'reversal'::text) AND (original IS NOT NULL))));

alter table tax_watches add constraint tax_watches_pkey PRIMARY KEY (account, livemode);

alter table test_clocks add constraint test_clocks_pkey PRIMARY KEY (id);

alter table usage_periods add constraint usage_periods_pkey PRIMARY KEY (id);

alter table usage_periods add constraint usage_periods_subscription_item_price_period_start_key UNIQUE (subscription_item, price, period_start);

alter table user_identities add constraint user_identities_pkey PRIMARY KEY (issuer, subject);

alter table user_identities add constraint user_identities_issuer_user_key UNIQUE (issuer, "user");

alter table user_links add constraint user_links_pkey PRIMARY KEY (id);

alter table user_links add constraint user_links_purpose_check CHECK ((purpose = ANY (ARRAY['reset'::text, 'setup'::text])));

alter table user_sessions add constraint user_sessions_pkey PRIMARY KEY (id);

alter table user_sessions add constraint user_sessions_token_hash_key UNIQUE (token_hash);

alter table user_sessions add constraint user_sessions_method_check CHECK ((method = ANY (ARRAY['password'::text, 'link'::text, 'passkey'::text, 'sso'::text])));

alter table users add constraint users_pkey PRIMARY KEY (id);

alter table users add constraint users_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'finance'::text, 'support'::text, 'developer'::text, 'read_only'::text])));

alter table value_list_items add constraint value_list_items_pkey PRIMARY KEY (id);

alter table value_lists add constraint value_lists_pkey PRIMARY KEY (id);

alter table webhook_endpoints add constraint webhook_endpoints_pkey PRIMARY KEY (id);

alter table workflows add constraint workflows_pkey PRIMARY KEY (id);

alter table active_entitlements add constraint active_entitlements_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table active_entitlements add constraint active_entitlements_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table active_entitlements add constraint active_entitlements_feature_fkey FOREIGN KEY (feature) REFERENCES entitlement_features(id);

alter table active_entitlements add constraint active_entitlements_meter_fkey FOREIGN KEY (meter) REFERENCES meters(id);

alter table agent_amounts add constraint agent_amounts_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table alert_triggereds add constraint alert_triggereds_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table alert_triggereds add constraint alert_triggereds_alert_fkey FOREIGN KEY (alert) REFERENCES alerts(id);

alter table alert_triggereds add constraint alert_triggereds_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table alerts add constraint alerts_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table alerts add constraint alerts_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table alerts add constraint alerts_meter_fkey FOREIGN KEY (meter) REFERENCES meters(id);

alter table api_keys add constraint api_keys_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table audit_entries add constraint audit_entries_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table balance_transactions add constraint balance_transactions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table branding_settings add constraint branding_settings_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table charges add constraint charges_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table charges add constraint charges_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table charges add constraint charges_payment_intent_fkey FOREIGN KEY (payment_intent) REFERENCES payment_intents(id);

alter table checkout_sessions add constraint checkout_sessions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table checkout_sessions add constraint checkout_sessions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table checkout_sessions add constraint checkout_sessions_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table commits add constraint commits_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table confirmation_tokens add constraint confirmation_tokens_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table coupons add constraint coupons_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_balance_transactions add constraint credit_balance_transactions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_balance_transactions add constraint credit_balance_transactions_credit_grant_fkey FOREIGN KEY (credit_grant) REFERENCES credit_grants(id);

alter table credit_balance_transactions add constraint credit_balance_transactions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table credit_balance_transactions add constraint credit_balance_transactions_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table credit_balance_transactions add constraint credit_balance_transactions_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table credit_grants add constraint credit_grants_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_grants add constraint credit_grants_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table credit_grants add constraint credit_grants_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table credit_note_line_items add constraint credit_note_line_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_note_line_items add constraint credit_note_line_items_credit_note_fkey FOREIGN KEY (credit_note) REFERENCES credit_notes(id);

alter table credit_note_line_items add constraint credit_note_line_items_invoice_line_item_fkey FOREIGN KEY (invoice_line_item) REFERENCES invoice_line_items(id);

alter table credit_notes add constraint credit_notes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_notes add constraint credit_notes_customer_balance_transaction_fkey FOREIGN KEY (customer_balance_transaction) REFERENCES customer_balance_transactions(id);

alter table credit_notes add constraint credit_notes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table credit_notes add constraint credit_notes_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table credit_purchases add constraint credit_purchases_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_purchases add constraint credit_purchases_credit_grant_fkey FOREIGN KEY (credit_grant) REFERENCES credit_grants(id);

alter table credit_purchases add constraint credit_purchases_credit_top_up_fkey FOREIGN KEY (credit_top_up) REFERENCES credit_top_ups(id);

alter table credit_purchases add constraint credit_purchases_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table credit_purchases add constraint credit_purchases_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table credit_top_ups add constraint credit_top_ups_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table credit_top_ups add constraint credit_top_ups_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table credit_top_ups add constraint credit_top_ups_default_payment_method_fkey FOREIGN KEY (default_payment_method) REFERENCES payment_methods(id);

alter table credit_top_ups add constraint credit_top_ups_latest_credit_grant_fkey FOREIGN KEY (latest_credit_grant) REFERENCES credit_grants(id);

alter table credit_top_ups add constraint credit_top_ups_latest_invoice_fkey FOREIGN KEY (latest_invoice) REFERENCES invoices(id);

alter table credit_top_ups add constraint credit_top_ups_pending_invoice_fkey FOREIGN KEY (pending_invoice) REFERENCES invoices(id);

alter table credit_top_ups add constraint credit_top_ups_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table customer_balance_transactions add constraint customer_balance_transactions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table customer_balance_transactions add constraint customer_balance_transactions_credit_note_fkey FOREIGN KEY (credit_note) REFERENCES credit_notes(id);

alter table customer_balance_transactions add constraint customer_balance_transactions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table customer_requests add constraint customer_requests_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table customer_requests add constraint customer_requests_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table customer_requests add constraint customer_requests_subscription_fkey FOREIGN KEY (subscription) REFERENCES subscriptions(id);

alter table customer_sessions add constraint customer_sessions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table customer_sessions add constraint customer_sessions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table customers add constraint customers_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table customers add constraint customers_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table cutovers add constraint cutovers_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table cutovers add constraint cutovers_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table discounts add constraint discounts_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table discounts add constraint discounts_coupon_fkey FOREIGN KEY (coupon) REFERENCES coupons(key);

alter table discounts add constraint discounts_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table discounts add constraint discounts_promotion_code_fkey FOREIGN KEY (promotion_code) REFERENCES promotion_codes(id);

alter table disputes add constraint disputes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table disputes add constraint disputes_charge_fkey FOREIGN KEY (charge) REFERENCES charges(id);

alter table disputes add constraint disputes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table document_settings add constraint document_settings_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table dunnings add constraint dunnings_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table dunnings add constraint dunnings_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table dunnings add constraint dunnings_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table dunnings add constraint dunnings_task_fkey FOREIGN KEY (task) REFERENCES tasks(id);

alter table early_fraud_warnings add constraint early_fraud_warnings_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table early_fraud_warnings add constraint early_fraud_warnings_charge_fkey FOREIGN KEY (charge) REFERENCES charges(id);

alter table early_fraud_warnings add constraint early_fraud_warnings_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table entitlement_features add constraint entitlement_features_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table exchange_rates add constraint exchange_rates_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table experiment_assignments add constraint experiment_assignments_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table experiment_assignments add constraint experiment_assignments_experiment_fkey FOREIGN KEY (experiment) REFERENCES experiments(id);

alter table experiments add constraint experiments_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table file_contents add constraint file_contents_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table file_links add constraint file_links_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table file_links add constraint file_links_file_fkey FOREIGN KEY (file) REFERENCES files(id);

alter table files add constraint files_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table fills add constraint fills_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table fills add constraint fills_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table forecast_batches add constraint forecast_batches_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table forecast_batches add constraint forecast_batches_forecast_fkey FOREIGN KEY (forecast) REFERENCES forecasts(id);

alter table forecast_customers add constraint forecast_customers_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table forecast_customers add constraint forecast_customers_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table forecast_customers add constraint forecast_customers_forecast_fkey FOREIGN KEY (forecast) REFERENCES forecasts(id);

alter table forecast_sums add constraint forecast_sums_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table forecast_sums add constraint forecast_sums_forecast_fkey FOREIGN KEY (forecast) REFERENCES forecasts(id);

alter table forecasts add constraint forecasts_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table forecasts add constraint forecasts_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table fraud_decisions add constraint fraud_decisions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table held add constraint held_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table imported_objects add constraint imported_objects_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table imported_objects add constraint imported_objects_import_fkey FOREIGN KEY (import) REFERENCES imports(id);

alter table imports add constraint imports_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table imports add constraint imports_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table invoice_items add constraint invoice_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table invoice_items add constraint invoice_items_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table invoice_items add constraint invoice_items_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table invoice_line_items add constraint invoice_line_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table invoice_line_items add constraint invoice_line_items_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id) ON DELETE CASCADE;

alter table invoice_payments add constraint invoice_payments_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table invoice_payments add constraint invoice_payments_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id) ON DELETE CASCADE;

alter table invoice_payments add constraint invoice_payments_payment_record_fkey FOREIGN KEY (payment_record) REFERENCES payment_records(id);

alter table invoice_rendering_templates add constraint invoice_rendering_templates_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table invoices add constraint invoices_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table invoices add constraint invoices_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table invoices add constraint invoices_from_invoice_fkey FOREIGN KEY (from_invoice) REFERENCES invoices(id);

alter table invoices add constraint invoices_latest_revision_fkey FOREIGN KEY (latest_revision) REFERENCES invoices(id);

alter table invoices add constraint invoices_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table ledger_balances add constraint ledger_balances_close_fkey FOREIGN KEY (close) REFERENCES ledger_closes(id);

alter table ledger_closes add constraint ledger_closes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table ledger_codes add constraint ledger_codes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table ledger_entries add constraint ledger_entries_transaction_fkey FOREIGN KEY (transaction) REFERENCES ledger_transactions(id);

alter table ledger_month_balances add constraint ledger_month_balances_month_fkey FOREIGN KEY (month) REFERENCES ledger_months(id) ON DELETE CASCADE;

alter table ledger_months add constraint ledger_months_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table ledger_transactions add constraint ledger_transactions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table license_activations add constraint license_activations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table license_activations add constraint license_activations_license_fkey FOREIGN KEY (license) REFERENCES licenses(id);

alter table license_policies add constraint license_policies_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table license_policies add constraint license_policies_account_livemode_product_fkey FOREIGN KEY (account, livemode, product) REFERENCES products(account, livemode, id);

alter table license_signing_keys add constraint license_signing_keys_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table licenses add constraint licenses_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table licenses add constraint licenses_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table licenses add constraint licenses_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table licenses add constraint licenses_policy_fkey FOREIGN KEY (policy) REFERENCES license_policies(id);

alter table location_evidence add constraint location_evidence_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table location_evidence add constraint location_evidence_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table login_attempts add constraint login_attempts_user_fkey FOREIGN KEY ("user") REFERENCES users(id);

alter table mail_suppressions add constraint mail_suppressions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table mails add constraint mails_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table mails add constraint mails_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table mails add constraint mails_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table mandates add constraint mandates_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table mandates add constraint mandates_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table mandates add constraint mandates_payment_method_fkey FOREIGN KEY (payment_method) REFERENCES payment_methods(id);

alter table meter_errors add constraint meter_errors_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table meter_series add constraint meter_series_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table meter_series add constraint meter_series_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table meter_series add constraint meter_series_meter_fkey FOREIGN KEY (meter) REFERENCES meters(id);

alter table meters add constraint meters_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table mrr_movements add constraint mrr_movements_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table mrr_movements add constraint mrr_movements_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table mrr_movements add constraint mrr_movements_subscription_fkey FOREIGN KEY (subscription) REFERENCES subscriptions(id);

alter table mrr_movements add constraint mrr_movements_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table operator_actions add constraint operator_actions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table passkeys add constraint passkeys_user_fkey FOREIGN KEY ("user") REFERENCES users(id);

alter table payment_attempts add constraint payment_attempts_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_attempts add constraint payment_attempts_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table payment_evaluations add constraint payment_evaluations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_evaluations add constraint payment_evaluations_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table payment_intents add constraint payment_intents_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_intents add constraint payment_intents_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table payment_intents add constraint payment_intents_tax_calculation_fkey FOREIGN KEY (tax_calculation) REFERENCES requested_tax_calculations(id) ON DELETE SET NULL;

alter table payment_links add constraint payment_links_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_method_configurations add constraint payment_method_configurations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_methods add constraint payment_methods_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_methods add constraint payment_methods_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table payment_records add constraint payment_records_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table payment_records add constraint payment_records_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table portal_configurations add constraint portal_configurations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table portal_logins add constraint portal_logins_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table portal_logins add constraint portal_logins_configuration_fkey FOREIGN KEY (configuration) REFERENCES portal_configurations(id);

alter table portal_logins add constraint portal_logins_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table portal_retention_offers add constraint portal_retention_offers_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table portal_retention_offers add constraint portal_retention_offers_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table portal_retention_offers add constraint portal_retention_offers_subscription_fkey FOREIGN KEY (subscription) REFERENCES subscriptions(id);

alter table portal_sessions add constraint portal_sessions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table portal_sessions add constraint portal_sessions_configuration_fkey FOREIGN KEY (configuration) REFERENCES portal_configurations(id);

alter table portal_sessions add constraint portal_sessions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table prices add constraint prices_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table prices add constraint prices_account_livemode_product_fkey FOREIGN KEY (account, livemode, product) REFERENCES products(account, livemode, id);

alter table pricing_tables add constraint pricing_tables_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table processor_states add constraint processor_states_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table product_downloads add constraint product_downloads_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table product_downloads add constraint product_downloads_account_livemode_product_fkey FOREIGN KEY (account, livemode, product) REFERENCES products(account, livemode, id);

alter table product_downloads add constraint product_downloads_file_fkey FOREIGN KEY (file) REFERENCES files(id);

alter table product_features add constraint product_features_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table product_features add constraint product_features_account_livemode_product_fkey FOREIGN KEY (account, livemode, product) REFERENCES products(account, livemode, id);

alter table product_features add constraint product_features_feature_fkey FOREIGN KEY (feature) REFERENCES entitlement_features(id);

alter table products add constraint products_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table promotion_codes add constraint promotion_codes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table promotion_codes add constraint promotion_codes_coupon_fkey FOREIGN KEY (coupon) REFERENCES coupons(key);

alter table promotion_codes add constraint promotion_codes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table quotes add constraint quotes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table quotes add constraint quotes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table quotes add constraint quotes_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table radar_rules add constraint radar_rules_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table reconciliation_differences add constraint reconciliation_differences_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table reconciliation_differences add constraint reconciliation_differences_reconciliation_fkey FOREIGN KEY (reconciliation) REFERENCES reconciliations(id);

alter table reconciliations add constraint reconciliations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table recovery_program_versions add constraint recovery_program_versions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table recovery_program_versions add constraint recovery_program_versions_program_fkey FOREIGN KEY (program) REFERENCES recovery_programs(id);

alter table recovery_programs add constraint recovery_programs_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table refunds add constraint refunds_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table refunds add constraint refunds_charge_fkey FOREIGN KEY (charge) REFERENCES charges(id);

alter table refunds add constraint refunds_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table repair_items add constraint repair_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table repair_items add constraint repair_items_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table repair_items add constraint repair_items_repair_fkey FOREIGN KEY (repair) REFERENCES repairs(id);

alter table repairs add constraint repairs_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table requested_tax_calculations add constraint requested_tax_calculations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table requested_tax_calculations add constraint requested_tax_calculations_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table requests add constraint requests_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table retired_invoice_prefixes add constraint retired_invoice_prefixes_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table retired_invoice_prefixes add constraint retired_invoice_prefixes_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table revenue_schedules add constraint revenue_schedules_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table revenue_schedules add constraint revenue_schedules_transaction_fkey FOREIGN KEY (transaction) REFERENCES ledger_transactions(id);

alter table reviews add constraint reviews_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table reviews add constraint reviews_charge_fkey FOREIGN KEY (charge) REFERENCES charges(id);

alter table reviews add constraint reviews_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table routing_versions add constraint routing_versions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table sandbox_faults add constraint sandbox_faults_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table setup_intents add constraint setup_intents_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table setup_intents add constraint setup_intents_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table shadow_invoices add constraint shadow_invoices_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table shadow_invoices add constraint shadow_invoices_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table shipping_rates add constraint shipping_rates_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table subscription_items add constraint subscription_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table subscription_items add constraint subscription_items_account_livemode_price_fkey FOREIGN KEY (account, livemode, price) REFERENCES prices(account, livemode, id);

alter table subscription_items add constraint subscription_items_subscription_fkey FOREIGN KEY (subscription) REFERENCES subscriptions(id) ON DELETE CASCADE;

alter table subscription_schedules add constraint subscription_schedules_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table subscription_schedules add constraint subscription_schedules_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table subscription_schedules add constraint subscription_schedules_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table subscriptions add constraint subscriptions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table subscriptions add constraint subscriptions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table subscriptions add constraint subscriptions_test_clock_fkey FOREIGN KEY (test_clock) REFERENCES test_clocks(id);

alter table support_messages add constraint support_messages_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table support_messages add constraint support_messages_ticket_fkey FOREIGN KEY (ticket) REFERENCES support_tickets(id);

alter table support_tickets add constraint support_tickets_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table support_tickets add constraint support_tickets_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table tasks add constraint tasks_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tasks add constraint tasks_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table tax_calculations add constraint tax_calculations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_calculations add constraint tax_calculations_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id) ON DELETE CASCADE;

alter table tax_ids add constraint customer_tax_ids_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_ids add constraint customer_tax_ids_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table tax_rates add constraint tax_rates_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_records add constraint tax_records_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_records add constraint tax_records_credit_note_fkey FOREIGN KEY (credit_note) REFERENCES credit_notes(id);

alter table tax_records add constraint tax_records_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices(id);

alter table tax_registrations add constraint tax_registrations_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_returns add constraint tax_returns_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_settings add constraint tax_settings_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_thresholds add constraint tax_thresholds_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_transactions add constraint tax_transactions_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table tax_transactions add constraint tax_transactions_customer_fkey FOREIGN KEY (customer) REFERENCES customers(id);

alter table tax_transactions add constraint tax_transactions_original_fkey FOREIGN KEY (original) REFERENCES tax_transactions(id);

alter table tax_watches add constraint tax_watches_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table test_clocks add constraint test_clocks_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table usage_periods add constraint usage_periods_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table usage_periods add constraint usage_periods_account_livemode_price_fkey FOREIGN KEY (account, livemode, price) REFERENCES prices(account, livemode, id);

alter table user_identities add constraint user_identities_user_fkey FOREIGN KEY ("user") REFERENCES users(id);

alter table user_links add constraint user_links_user_fkey FOREIGN KEY ("user") REFERENCES users(id);

alter table user_sessions add constraint user_sessions_user_fkey FOREIGN KEY ("user") REFERENCES users(id);

alter table users add constraint users_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table value_list_items add constraint value_list_items_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table value_list_items add constraint value_list_items_value_list_fkey FOREIGN KEY (value_list) REFERENCES value_lists(id);

alter table value_lists add constraint value_lists_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table webhook_endpoints add constraint webhook_endpoints_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

alter table workflows add constraint workflows_account_fkey FOREIGN KEY (account) REFERENCES accounts(id);

CREATE INDEX accounts_of_forecast ON public.accounts USING btree (forecast) WHERE (forecast IS NOT NULL);

CREATE INDEX active_entitlements_list ON public.active_entitlements USING btree (account, livemode, customer, created DESC, seq DESC);

CREATE UNIQUE INDEX active_entitlements_once ON public.active_entitlements USING btree (customer, feature);

CREATE INDEX agent_amounts_age ON public.agent_amounts USING btree (created);

CREATE INDEX agent_amounts_of_key ON public.agent_amounts USING btree (key_id, created);

CREATE INDEX alerts_active ON public.alerts USING btree (account, livemode, customer, meter) WHERE (status = 'active'::text);

CREATE INDEX alerts_list ON public.alerts USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX audit_entries_list ON public.audit_entries USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX audit_entries_of_actor ON public.audit_entries USING btree (actor, seq DESC);

CREATE INDEX audit_entries_of_object ON public.audit_entries USING btree (object, seq DESC) WHERE (object IS NOT NULL);

CREATE INDEX balance_transactions_list ON public.balance_transactions USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX branding_settings_of_account ON public.branding_settings USING btree (account, livemode);

CREATE INDEX charges_card ON public.charges USING btree (account, livemode, (((payment_method_details -> 'card'::text) ->> 'fingerprint'::text)), created DESC);

CREATE INDEX charges_customer ON public.charges USING btree (customer, created DESC);

CREATE INDEX charges_list ON public.charges USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX charges_month ON public.charges USING btree (account, livemode, created) WHERE ((status = 'succeeded'::text) AND captured);

CREATE INDEX charges_of_processor ON public.charges USING btree (gateway_reference) WHERE (gateway_reference !~~ '%/%'::text);

CREATE INDEX checkout_sessions_customer ON public.checkout_sessions USING btree (customer);

CREATE INDEX checkout_sessions_experiment_assignment ON public.checkout_sessions USING btree (experiment_assignment) WHERE (experiment_assignment IS NOT NULL);

CREATE INDEX checkout_sessions_list ON public.checkout_sessions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX checkout_sessions_payment_intent ON public.checkout_sessions USING btree (payment_intent);

CREATE INDEX checkout_sessions_payment_link ON public.checkout_sessions USING btree (payment_link);

CREATE INDEX checkout_sessions_recovered_from ON public.checkout_sessions USING btree (recovered_from);

CREATE INDEX checkout_sessions_subscription ON public.checkout_sessions USING btree (subscription);

CREATE INDEX commits_recorded ON public.commits USING btree (recorded);

CREATE INDEX confirmation_tokens_created ON public.confirmation_tokens USING btree (created);

CREATE INDEX coupons_id ON public.coupons USING btree (account, livemode, id, seq DESC);

CREATE INDEX coupons_list ON public.coupons USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX coupons_living ON public.coupons USING btree (account, livemode, id) WHERE (NOT deleted);

CREATE INDEX credit_balance_transactions_customer ON public.credit_balance_transactions USING btree (customer);

CREATE INDEX credit_balance_transactions_grant ON public.credit_balance_transactions USING btree (credit_grant);

CREATE INDEX credit_balance_transactions_list ON public.credit_balance_transactions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX credit_grants_customer ON public.credit_grants USING btree (customer);

CREATE INDEX credit_grants_left ON public.credit_grants USING btree (customer) WHERE (balance > 0);

CREATE INDEX credit_grants_list ON public.credit_grants USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX credit_note_line_items_list ON public.credit_note_line_items USING btree (credit_note, "position");

CREATE INDEX credit_notes_customer ON public.credit_notes USING btree (customer, created DESC, seq DESC);

CREATE INDEX credit_notes_list ON public.credit_notes USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX credit_notes_number ON public.credit_notes USING btree (invoice, number);

CREATE UNIQUE INDEX credit_purchases_pending ON public.credit_purchases USING btree (credit_top_up) WHERE (status = 'pending'::text);

CREATE INDEX credit_top_ups_customer ON public.credit_top_ups USING btree (customer) WHERE (NOT deleted);

CREATE INDEX credit_top_ups_list ON public.credit_top_ups USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX customer_balance_transactions_list ON public.customer_balance_transactions USING btree (customer, created DESC, seq DESC);

CREATE INDEX customer_requests_customer ON public.customer_requests USING btree (customer) WHERE (customer IS NOT NULL);

CREATE INDEX customer_requests_due ON public.customer_requests USING btree (account, livemode, due_at) WHERE (status = 'open'::text);

CREATE INDEX customer_requests_erased ON public.customer_requests USING btree (erased_at) WHERE (erased_at IS NOT NULL);

CREATE INDEX customer_requests_list ON public.customer_requests USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX customer_sessions_created ON public.customer_sessions USING btree (created);

CREATE INDEX customers_address ON public.customers USING btree (account, livemode, lower(email)) WHERE ((NOT deleted) AND (email IS NOT NULL));

CREATE INDEX customers_clock ON public.customers USING btree (test_clock) WHERE (test_clock IS NOT NULL);

CREATE INDEX customers_email ON public.customers USING btree (account, livemode, email);

CREATE UNIQUE INDEX customers_invoice_prefix ON public.customers USING btree (account, livemode, invoice_prefix);

CREATE INDEX customers_list ON public.customers USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX cutovers_customer ON public.cutovers USING btree (customer, seq DESC);

CREATE INDEX cutovers_list ON public.cutovers USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX cutovers_one_at_a_time ON public.cutovers USING btree (customer) WHERE (status = ANY (ARRAY['freezing'::text, 'returning'::text]));

CREATE INDEX deliveries_due ON public.deliveries USING btree (endpoint, next_attempt_at) WHERE (status = 'pending'::text);

CREATE INDEX deliveries_event ON public.deliveries USING btree (event);

CREATE INDEX deliveries_order ON public.deliveries USING btree (endpoint, order_key, seq) WHERE (status = 'pending'::text);

CREATE INDEX delivery_attempts_delivery ON public.delivery_attempts USING btree (delivery, at);

CREATE INDEX discounts_customer ON public.discounts USING btree (customer) WHERE (NOT deleted);

CREATE INDEX disputes_charge ON public.disputes USING btree (charge);

CREATE INDEX disputes_customer ON public.disputes USING btree (customer);

CREATE INDEX disputes_erased ON public.disputes USING btree (erased_at) WHERE (erased_at IS NOT NULL);

CREATE INDEX disputes_list ON public.disputes USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX disputes_month ON public.disputes USING btree (account, livemode, created);

CREATE UNIQUE INDEX document_settings_of_account ON public.document_settings USING btree (account, livemode);

CREATE INDEX dunnings_customer ON public.dunnings USING btree (customer) WHERE (status = 'running'::text);

CREATE INDEX dunnings_list ON public.dunnings USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX early_fraud_warnings_charge ON public.early_fraud_warnings USING btree (charge);

CREATE INDEX early_fraud_warnings_customer ON public.early_fraud_warnings USING btree (customer);

CREATE INDEX early_fraud_warnings_intent ON public.early_fraud_warnings USING btree (payment_intent);

CREATE INDEX early_fraud_warnings_list ON public.early_fraud_warnings USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX entitlement_features_list ON public.entitlement_features USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX entitlement_features_lookup_key ON public.entitlement_features USING btree (account, livemode, lookup_key) WHERE active;

CREATE INDEX events_list ON public.events USING btree (account, livemode, created DESC, seq DESC) WHERE (NOT thin);

CREATE INDEX events_of_guests ON public.events USING btree (object_id) WHERE (customer IS NULL);

CREATE INDEX events_recorded ON public.events USING brin (recorded) WITH (pages_per_range='16', autosummarize='on');

CREATE INDEX experiment_assignments_counted_with ON public.experiment_assignments USING btree (counted_with);

CREATE UNIQUE INDEX experiment_assignments_customer ON public.experiment_assignments USING btree (experiment, customer);

CREATE UNIQUE INDEX experiment_assignments_visitor ON public.experiment_assignments USING btree (experiment, visitor);

CREATE INDEX experiments_list ON public.experiments USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX file_contents_received ON public.file_contents USING btree (received);

CREATE INDEX file_links_file ON public.file_links USING btree (file);

CREATE INDEX file_links_list ON public.file_links USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX files_content ON public.files USING btree (account, livemode, sha256);

CREATE INDEX files_list ON public.files USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX fills_list ON public.fills USING btree (account, livemode, seq DESC);

CREATE UNIQUE INDEX fills_running ON public.fills USING btree (account) WHERE (status = 'running'::text);

CREATE INDEX forecasts_list ON public.forecasts USING btree (account, livemode, seq DESC);

CREATE INDEX fraud_decisions_created ON public.fraud_decisions USING btree (created);

CREATE INDEX fraud_decisions_intent ON public.fraud_decisions USING btree (payment_intent);

CREATE INDEX fraud_decisions_list ON public.fraud_decisions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX held_account ON public.held USING btree (account, livemode, created, seq);

CREATE INDEX held_clock ON public.held USING btree (test_clock) WHERE (test_clock IS NOT NULL);

CREATE INDEX held_look_again ON public.held USING btree (look_again_at);

CREATE INDEX imported_objects_latest ON public.imported_objects USING btree (account, livemode, kind, source_id, seq DESC);

CREATE INDEX imported_objects_list ON public.imported_objects USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX imported_objects_once ON public.imported_objects USING btree (import, kind, source_id);

CREATE INDEX imports_list ON public.imports USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX invoice_items_invoice ON public.invoice_items USING btree (invoice) WHERE (invoice IS NOT NULL);

CREATE INDEX invoice_items_list ON public.invoice_items USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX invoice_items_pending ON public.invoice_items USING btree (customer) WHERE ((invoice IS NULL) AND (NOT deleted));

CREATE INDEX invoice_line_items_invoice ON public.invoice_line_items USING btree (invoice, "position");

CREATE INDEX invoice_line_items_item ON public.invoice_line_items USING btree (subscription_item, period_end) WHERE (subscription_item IS NOT NULL);

CREATE INDEX invoice_line_items_subscription ON public.invoice_line_items USING btree (subscription, period_end) WHERE (subscription IS NOT NULL);

CREATE UNIQUE INDEX invoice_payments_attached ON public.invoice_payments USING btree (COALESCE(payment_intent, payment_record)) WHERE ((NOT is_default) AND (status <> 'canceled'::text));

CREATE INDEX invoice_payments_intent ON public.invoice_payments USING btree (payment_intent);

CREATE INDEX invoice_payments_invoice ON public.invoice_payments USING btree (invoice);

CREATE INDEX invoice_payments_record ON public.invoice_payments USING btree (payment_record) WHERE (payment_record IS NOT NULL);

CREATE INDEX invoice_rendering_templates_list ON public.invoice_rendering_templates USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX invoices_consolidated_drafts ON public.invoices USING btree (customer) WHERE ((consolidates <> '{}'::text[]) AND (status = 'draft'::text));

CREATE INDEX invoices_consolidates ON public.invoices USING gin (consolidates) WHERE (consolidates <> '{}'::text[]);

CREATE INDEX invoices_consolidates_unpaid ON public.invoices USING gin (consolidates) WHERE ((consolidates <> '{}'::text[]) AND (status = ANY (ARRAY['draft'::text, 'open'::text])));

CREATE INDEX invoices_customer ON public.invoices USING btree (customer, created DESC, seq DESC);

CREATE UNIQUE INDEX invoices_cycle ON public.invoices USING btree (subscription, cycle_at) WHERE (cycle_at IS NOT NULL);

CREATE INDEX invoices_from_invoice ON public.invoices USING btree (from_invoice) WHERE (from_invoice IS NOT NULL);

CREATE INDEX invoices_latest_revision ON public.invoices USING btree (latest_revision) WHERE (latest_revision IS NOT NULL);

CREATE INDEX invoices_list ON public.invoices USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX invoices_number ON public.invoices USING btree (account, livemode, number) WHERE (number IS NOT NULL);

CREATE INDEX invoices_subscription ON public.invoices USING btree (subscription, created DESC, seq DESC) WHERE (subscription IS NOT NULL);

CREATE INDEX ledger_entries_invoice ON public.ledger_entries USING btree (invoice) WHERE (invoice IS NOT NULL);

CREATE INDEX ledger_entries_transaction ON public.ledger_entries USING btree (transaction);

CREATE INDEX ledger_transactions_posted ON public.ledger_transactions USING btree (account, livemode, posted, seq);

CREATE INDEX ledger_transactions_source ON public.ledger_transactions USING btree (source);

CREATE INDEX license_activations_list ON public.license_activations USING btree (account, livemode, license, created DESC, seq DESC);

CREATE UNIQUE INDEX license_activations_machine ON public.license_activations USING btree (license, fingerprint) WHERE (NOT deleted);

CREATE INDEX license_policies_list ON public.license_policies USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX license_policies_product ON public.license_policies USING btree (account, livemode, product) WHERE active;

CREATE UNIQUE INDEX license_signing_keys_active ON public.license_signing_keys USING btree (account, livemode) WHERE active;

CREATE INDEX license_signing_keys_list ON public.license_signing_keys USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX licenses_checkout_session ON public.licenses USING btree (checkout_session) WHERE (checkout_session IS NOT NULL);

CREATE INDEX licenses_customer ON public.licenses USING btree (customer);

CREATE INDEX licenses_invoice ON public.licenses USING btree (invoice) WHERE (invoice IS NOT NULL);

CREATE UNIQUE INDEX licenses_invoice_line ON public.licenses USING btree (invoice_line) WHERE (invoice_line IS NOT NULL);

CREATE INDEX licenses_list ON public.licenses USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX licenses_payment_intent ON public.licenses USING btree (payment_intent) WHERE (payment_intent IS NOT NULL);

CREATE UNIQUE INDEX licenses_subscription_item ON public.licenses USING btree (subscription_item, product) WHERE (subscription_item IS NOT NULL);

CREATE INDEX location_evidence_age ON public.location_evidence USING btree (recorded);

CREATE INDEX login_attempts_old ON public.login_attempts USING btree (expires_at);

CREATE UNIQUE INDEX mail_suppressions_address ON public.mail_suppressions USING btree (account, livemode, lower(email)) WHERE (NOT deleted);

CREATE INDEX mail_suppressions_list ON public.mail_suppressions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX mails_age ON public.mails USING btree (recorded);

CREATE INDEX mails_due ON public.mails USING btree (account, livemode, next_try_at) WHERE (status = 'pending'::text);

CREATE INDEX mails_list ON public.mails USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX mails_of_customer ON public.mails USING btree (customer, created DESC, seq DESC);

CREATE INDEX mandates_customer ON public.mandates USING btree (customer);

CREATE INDEX mandates_erased ON public.mandates USING btree (erased_at) WHERE (erased_at IS NOT NULL);

CREATE INDEX mandates_payment_method ON public.mandates USING btree (payment_method);

CREATE INDEX meter_errors_opened ON public.meter_errors USING btree (opened);

CREATE INDEX meter_events_hour ON public.meter_events USING btree (series, ((at / 3600)));

CREATE INDEX meter_series_customer ON public.meter_series USING btree (customer, meter);

CREATE INDEX meters_any_event_name ON public.meters USING btree (account, livemode, event_name, created DESC);

CREATE UNIQUE INDEX meters_event_name ON public.meters USING btree (account, livemode, event_name) WHERE (status = 'active'::text);

CREATE INDEX meters_list ON public.meters USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX mrr_movements_list ON public.mrr_movements USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX mrr_movements_of_customer ON public.mrr_movements USING btree (customer, currency, seq DESC);

CREATE INDEX operator_actions_list ON public.operator_actions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX passkeys_of_user ON public.passkeys USING btree ("user", created DESC);

CREATE INDEX payment_attempts_card ON public.payment_attempts USING btree (account, livemode, fingerprint, created);

CREATE INDEX payment_attempts_customer ON public.payment_attempts USING btree (customer, created);

CREATE INDEX payment_attempts_of_processor ON public.payment_attempts USING btree (gateway, gateway_reference) WHERE (gateway !~~ 'sandbox%'::text);

CREATE UNIQUE INDEX payment_attempts_open_intent ON public.payment_attempts USING btree (intent) WHERE (status = ANY (ARRAY['open'::text, 'requires_action'::text, 'unknown'::text, 'processing'::text, 'waiting'::text]));

CREATE UNIQUE INDEX payment_attempts_open_invoice ON public.payment_attempts USING btree (invoice) WHERE ((status = ANY (ARRAY['open'::text, 'requires_action'::text, 'unknown'::text, 'processing'::text, 'waiting'::text])) AND (invoice IS NOT NULL));

CREATE INDEX payment_attempts_scope ON public.payment_attempts USING btree (account, livemode, created DESC) WHERE (kind = 'payment'::text);

CREATE INDEX payment_attempts_waiting ON public.payment_attempts USING btree (account, livemode, gateway) WHERE (waiting_for IS NOT NULL);

CREATE INDEX payment_evaluations_created ON public.payment_evaluations USING btree (created);

CREATE INDEX payment_evaluations_customer ON public.payment_evaluations USING btree (customer);

CREATE INDEX payment_intents_customer ON public.payment_intents USING btree (customer, created DESC);

CREATE INDEX payment_intents_invoice ON public.payment_intents USING btree (invoice) WHERE (invoice IS NOT NULL);

CREATE INDEX payment_intents_list ON public.payment_intents USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX payment_links_experiment ON public.payment_links USING btree (experiment) WHERE (experiment IS NOT NULL);

CREATE INDEX payment_links_list ON public.payment_links USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX payment_method_configurations_default ON public.payment_method_configurations USING btree (account, livemode) WHERE is_default;

CREATE INDEX payment_method_configurations_list ON public.payment_method_configurations USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX payment_methods_customer ON public.payment_methods USING btree (customer, created DESC, seq DESC);

CREATE INDEX payment_methods_of_processor ON public.payment_methods USING btree (gateway, split_part(gateway_reference, '/'::text, 2)) WHERE (gateway !~~ 'sandbox%'::text);

CREATE INDEX payment_records_list ON public.payment_records USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX portal_configurations_default ON public.portal_configurations USING btree (account, livemode) WHERE is_default;

CREATE INDEX portal_configurations_list ON public.portal_configurations USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX portal_configurations_login ON public.portal_configurations USING btree (((login_page ->> 'url'::text))) WHERE ((login_page ->> 'url'::text) IS NOT NULL);

CREATE INDEX portal_logins_expiry ON public.portal_logins USING btree (expires_at);

CREATE INDEX portal_logins_of_customer ON public.portal_logins USING btree (customer, created);

CREATE INDEX portal_retention_offers_customer ON public.portal_retention_offers USING btree (customer);

CREATE INDEX portal_retention_offers_list ON public.portal_retention_offers USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX portal_retention_offers_once ON public.portal_retention_offers USING btree (subscription, coupon);

CREATE INDEX portal_sessions_expiry ON public.portal_sessions USING btree (expires_at);

CREATE INDEX prices_list ON public.prices USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX prices_lookup_key ON public.prices USING btree (account, livemode, lookup_key) WHERE (lookup_key IS NOT NULL);

CREATE INDEX prices_product ON public.prices USING btree (product);

CREATE INDEX pricing_tables_experiment ON public.pricing_tables USING btree (((settings ->> 'experiment'::text)));

CREATE INDEX pricing_tables_list ON public.pricing_tables USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX processor_events_fetched ON public.processor_events USING btree (processor, livemode) WHERE fetched;

CREATE INDEX processor_events_received ON public.processor_events USING btree (received);

CREATE INDEX product_downloads_list ON public.product_downloads USING btree (account, livemode, product, created DESC, seq DESC);

CREATE INDEX product_features_list ON public.product_features USING btree (account, livemode, product, created DESC, seq DESC);

CREATE UNIQUE INDEX product_features_once ON public.product_features USING btree (account, livemode, product, feature) WHERE (NOT deleted);

CREATE INDEX products_list ON public.products USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX promotion_codes_code ON public.promotion_codes USING btree (account, livemode, lower(code), COALESCE(customer, ''::text)) WHERE active;

CREATE INDEX promotion_codes_coupon ON public.promotion_codes USING btree (coupon);

CREATE INDEX promotion_codes_list ON public.promotion_codes USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX quotes_customer ON public.quotes USING btree (customer);

CREATE INDEX quotes_list ON public.quotes USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX quotes_number ON public.quotes USING btree (customer, sequence, revision) WHERE (sequence IS NOT NULL);

CREATE INDEX radar_rules_active ON public.radar_rules USING btree (account, livemode) WHERE active;

CREATE INDEX radar_rules_list ON public.radar_rules USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX reconciliation_differences_list ON public.reconciliation_differences USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX reconciliation_differences_once ON public.reconciliation_differences USING btree (account, livemode, processor, object_kind, reference, kind);

CREATE INDEX reconciliations_day ON public.reconciliations USING btree (account, livemode, processor, day);

CREATE INDEX reconciliations_list ON public.reconciliations USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX recovery_program_versions_list ON public.recovery_program_versions USING btree (program, created DESC, seq DESC);

CREATE UNIQUE INDEX recovery_program_versions_number ON public.recovery_program_versions USING btree (program, version);

CREATE INDEX recovery_programs_active ON public.recovery_programs USING btree (account, livemode) WHERE active;

CREATE INDEX recovery_programs_list ON public.recovery_programs USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX refunds_charge ON public.refunds USING btree (charge);

CREATE INDEX refunds_list ON public.refunds USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX refunds_waiting ON public.refunds USING btree (account, livemode) WHERE (waiting_for IS NOT NULL);

CREATE INDEX repair_items_list ON public.repair_items USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX repair_items_of_customer ON public.repair_items USING btree (customer);

CREATE UNIQUE INDEX repair_items_once ON public.repair_items USING btree (repair, invoice);

CREATE INDEX repair_items_open ON public.repair_items USING btree (repair, status, seq);

CREATE INDEX repairs_at_work ON public.repairs USING btree (id) WHERE (status = ANY (ARRAY['preparing'::text, 'running'::text]));

CREATE INDEX repairs_list ON public.repairs USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX requested_tax_calculations_age ON public.requested_tax_calculations USING btree (created);

CREATE INDEX requested_tax_calculations_customer ON public.requested_tax_calculations USING btree (customer);

CREATE INDEX requests_finished ON public.requests USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE UNIQUE INDEX requests_key ON public.requests USING btree (account, livemode, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE INDEX requests_unfinished ON public.requests USING btree (created) WHERE (finished_at IS NULL);

CREATE INDEX revenue_schedules_line ON public.revenue_schedules USING btree (invoice_line_item);

CREATE INDEX revenue_schedules_time ON public.revenue_schedules USING btree (account, livemode, ends_at);

CREATE INDEX reviews_charge ON public.reviews USING btree (charge);

CREATE INDEX reviews_closed ON public.reviews USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX reviews_customer ON public.reviews USING btree (customer);

CREATE INDEX reviews_list ON public.reviews USING btree (account, livemode, created DESC, seq DESC) WHERE open;

CREATE UNIQUE INDEX reviews_open ON public.reviews USING btree (charge) WHERE open;

CREATE INDEX sandbox_faults_account ON public.sandbox_faults USING btree (account, id) WHERE (remaining > 0);

CREATE INDEX sandbox_operations_created ON public.sandbox_operations USING btree (created);

CREATE INDEX setup_intents_list ON public.setup_intents USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX shadow_invoices_customer ON public.shadow_invoices USING btree (customer, cycle_at);

CREATE UNIQUE INDEX shadow_invoices_cycle ON public.shadow_invoices USING btree (subscription, cycle_at, ((ours IS NULL)));

CREATE INDEX shadow_invoices_list ON public.shadow_invoices USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX shadow_invoices_waiting ON public.shadow_invoices USING btree (account, livemode, check_at) WHERE (status = 'waiting'::text);

CREATE INDEX shipping_rates_list ON public.shipping_rates USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX subscription_items_subscription ON public.subscription_items USING btree (subscription);

CREATE INDEX subscription_schedules_customer ON public.subscription_schedules USING btree (customer);

CREATE INDEX subscription_schedules_list ON public.subscription_schedules USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX subscription_schedules_subscription ON public.subscription_schedules USING btree (subscription) WHERE (status = 'active'::text);

CREATE INDEX subscriptions_customer ON public.subscriptions USING btree (customer, created DESC, seq DESC);

CREATE INDEX subscriptions_list ON public.subscriptions USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX subscriptions_thresholds ON public.subscriptions USING btree (customer) WHERE (billing_thresholds IS NOT NULL);

CREATE UNIQUE INDEX support_messages_mail ON public.support_messages USING btree (account, livemode, mail_id);

CREATE INDEX support_messages_ticket ON public.support_messages USING btree (ticket, created DESC, seq DESC);

CREATE INDEX support_tickets_customer ON public.support_tickets USING btree (customer, created DESC, seq DESC);

CREATE INDEX support_tickets_list ON public.support_tickets USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX tasks_about ON public.tasks USING btree (about);

CREATE INDEX tasks_list ON public.tasks USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX tax_ids_list ON public.tax_ids USING btree (customer, created DESC, seq DESC);

CREATE INDEX tax_ids_own ON public.tax_ids USING btree (account, livemode, created DESC, seq DESC) WHERE (customer IS NULL);

CREATE INDEX tax_rates_automatic ON public.tax_rates USING btree (account, livemode) WHERE is_automatic;

CREATE INDEX tax_rates_list ON public.tax_rates USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX tax_records_due ON public.tax_records USING btree (next_try_at) WHERE (status = 'pending'::text);

CREATE UNIQUE INDEX tax_records_once ON public.tax_records USING btree (invoice, kind, COALESCE(credit_note, refund_part, ''::text));

CREATE INDEX tax_registrations_list ON public.tax_registrations USING btree (account, livemode, created DESC, seq DESC);

CREATE UNIQUE INDEX tax_settings_of_account ON public.tax_settings USING btree (account, livemode);

CREATE UNIQUE INDEX tax_thresholds_once ON public.tax_thresholds USING btree (account, livemode, area, period_start);

CREATE INDEX tax_transactions_calculation ON public.tax_transactions USING btree (calculation) WHERE (calculation IS NOT NULL);

CREATE INDEX tax_transactions_customer ON public.tax_transactions USING btree (customer);

CREATE INDEX tax_transactions_original ON public.tax_transactions USING btree (original);

CREATE UNIQUE INDEX tax_transactions_reference ON public.tax_transactions USING btree (account, livemode, reference);

CREATE INDEX usage_periods_open ON public.usage_periods USING btree (subscription) WHERE (NOT closed);

CREATE INDEX user_links_of_user ON public.user_links USING btree ("user");

CREATE INDEX user_links_old ON public.user_links USING btree (expires_at);

CREATE INDEX user_sessions_of_user ON public.user_sessions USING btree ("user", created DESC);

CREATE INDEX user_sessions_old ON public.user_sessions USING btree (expires_at);

CREATE UNIQUE INDEX users_email ON public.users USING btree (lower(email));

CREATE INDEX users_list ON public.users USING btree (account, created DESC, seq DESC);

CREATE INDEX value_list_items_gone ON public.value_list_items USING btree (id) WHERE deleted;

CREATE INDEX value_list_items_list ON public.value_list_items USING btree (value_list, created DESC, seq DESC) WHERE (NOT deleted);

CREATE UNIQUE INDEX value_list_items_value ON public.value_list_items USING btree (value_list, compared) WHERE (NOT deleted);

CREATE UNIQUE INDEX value_lists_alias ON public.value_lists USING btree (account, livemode, alias) WHERE (NOT deleted);

CREATE INDEX value_lists_list ON public.value_lists USING btree (account, livemode, created DESC, seq DESC);

CREATE INDEX workflows_clock ON public.workflows USING btree (test_clock, next_due) WHERE ((ended_at IS NULL) AND (test_clock IS NOT NULL));

CREATE INDEX workflows_due ON public.workflows USING btree (next_due) WHERE ((ended_at IS NULL) AND (test_clock IS NULL));

CREATE INDEX workflows_ended ON public.workflows USING btree (moved_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX workflows_subject ON public.workflows USING btree (subject);

CREATE TRIGGER retire_prefix AFTER UPDATE OF settings ON public.accounts FOR EACH ROW WHEN ((old.settings IS DISTINCT FROM new.settings)) EXECUTE FUNCTION retire_accounts_prefix();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.active_entitlements FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.agent_amounts FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.alert_triggereds FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.alerts FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.api_keys FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.audit_entries FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.balance_transactions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.branding_settings FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.charges FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER count_completed_session AFTER UPDATE ON public.checkout_sessions FOR EACH ROW WHEN (((new.payment_link IS NOT NULL) AND (new.status = 'complete'::text) AND (old.status <> 'complete'::text))) EXECUTE FUNCTION count_completed_session();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.checkout_sessions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.commits FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.confirmation_tokens FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.coupons FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_balance_transactions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_grants FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_note_line_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_notes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_purchases FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.credit_top_ups FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.customer_balance_transactions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.customer_keys FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.customer_requests FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.customer_sessions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.customers FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER retire_prefix AFTER UPDATE OF invoice_prefix ON public.customers FOR EACH ROW WHEN ((old.invoice_prefix IS DISTINCT FROM new.invoice_prefix)) EXECUTE FUNCTION retire_customers_prefix();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.cutovers FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.deliveries FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.discounts FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.disputes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.document_settings FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.dunnings FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.early_fraud_warnings FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.entitlement_features FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.events FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.exchange_rates FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.experiment_assignments FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.experiments FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.file_contents FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.file_links FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.files FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.fills FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.forecast_batches FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.forecast_customers FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.forecast_sums FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.forecasts FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.fraud_decisions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.held FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.imported_objects FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.imports FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.invoice_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.invoice_line_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.invoice_payments FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.invoice_rendering_templates FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.invoices FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER webhooks_delivered BEFORE INSERT ON public.invoices FOR EACH ROW EXECUTE FUNCTION invoice_webhooks_delivered();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.ledger_closes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.ledger_codes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT OR UPDATE ON public.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_balances();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.ledger_months FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.ledger_transactions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER ledger_transactions_months AFTER INSERT ON public.ledger_transactions FOR EACH ROW EXECUTE FUNCTION forget_later_months();

CREATE TRIGGER ledger_transactions_posted BEFORE INSERT ON public.ledger_transactions FOR EACH ROW EXECUTE FUNCTION post_in_open_month();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.license_activations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.license_policies FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.license_signing_keys FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.licenses FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.location_evidence FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.mail_suppressions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.mails FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.mandates FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.meter_errors FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.meter_series FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.meters FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.mrr_movements FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.operator_actions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_attempts FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_evaluations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_intents FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_links FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_method_configurations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_methods FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.payment_records FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.portal_configurations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.portal_logins FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.portal_retention_offers FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.portal_sessions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.prices FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.pricing_tables FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.processor_states FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.product_downloads FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.product_features FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.products FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.promotion_codes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.quotes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.radar_rules FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.reconciliation_differences FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.reconciliations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.recovery_program_versions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.recovery_programs FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.refunds FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.repair_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.repairs FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.requested_tax_calculations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.requests FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.retired_invoice_prefixes FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.revenue_schedules FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER revenue_schedules_months AFTER INSERT ON public.revenue_schedules FOR EACH ROW EXECUTE FUNCTION forget_later_months();

CREATE TRIGGER revenue_schedules_posted BEFORE INSERT ON public.revenue_schedules FOR EACH ROW EXECUTE FUNCTION post_in_open_month();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.reviews FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.routing_versions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.sandbox_faults FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.sandbox_operations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.setup_intents FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.shadow_invoices FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.shipping_rates FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.subscription_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.subscription_schedules FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.subscriptions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.support_messages FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.support_tickets FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tasks FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_calculations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_ids FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_rates FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_records FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_registrations FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_returns FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_settings FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_thresholds FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_transactions FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.tax_watches FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.test_clocks FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.usage_periods FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.users FOR EACH ROW WHEN ((old.account IS DISTINCT FROM new.account)) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.value_list_items FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.value_lists FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.webhook_endpoints FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

CREATE TRIGGER keep_owner BEFORE UPDATE ON public.workflows FOR EACH ROW WHEN (((old.account IS DISTINCT FROM new.account) OR (old.livemode IS DISTINCT FROM new.livemode))) EXECUTE FUNCTION refuse_another_owner();

create view insight_mrr_movements as
 SELECT id,
    account,
    livemode,
    test_clock,
    to_timestamp(created::double precision) AS at,
    customer,
    subscription,
    currency,
    type,
    amount,
    subscription_mrr,
    customer_mrr
   FROM mrr_movements;

create view insight_mrr_months as
 WITH moved AS (
         SELECT mrr_movements.account,
            mrr_movements.livemode,
            mrr_movements.test_clock,
            mrr_movements.currency,
            date_trunc('month'::text, (to_timestamp(mrr_movements.created::double precision) AT TIME ZONE 'UTC'::text))::date AS month,
            mrr_movements.type,
            mrr_movements.amount
           FROM mrr_movements
        ), summed AS (
         SELECT moved.account,
            moved.livemode,
            moved.test_clock,
            moved.currency,
            moved.month,
            COALESCE(sum(moved.amount) FILTER (WHERE moved.type = 'new'::text), 0::numeric)::bigint AS new,
            COALESCE(sum(moved.amount) FILTER (WHERE moved.type = 'expansion'::text), 0::numeric)::bigint AS expansion,
            COALESCE(sum(moved.amount) FILTER (WHERE moved.type = 'contraction'::text), 0::numeric)::bigint AS contraction,
            COALESCE(sum(moved.amount) FILTER (WHERE moved.type = 'churn'::text), 0::numeric)::bigint AS churn,
            COALESCE(sum(moved.amount) FILTER (WHERE moved.type = 'reactivation'::text), 0::numeric)::bigint AS reactivation,
            sum(moved.amount)::bigint AS change
           FROM moved
          GROUP BY moved.account, moved.livemode, moved.test_clock, moved.currency, moved.month
        )
 SELECT account,
    livemode,
    test_clock,
    currency,
    month,
    (sum(change) OVER (PARTITION BY account, livemode, test_clock, currency ORDER BY month) - change::numeric)::bigint AS opening,
    new,
    expansion,
    contraction,
    churn,
    reactivation,
    sum(change) OVER (PARTITION BY account, livemode, test_clock, currency ORDER BY month)::bigint AS closing
   FROM summed;

create view insight_subscriptions as
 SELECT id,
    account,
    livemode,
    test_clock,
    customer,
    status,
    currency,
    mrr,
    to_timestamp(start_date::double precision) AS started_at,
    to_timestamp(trial_start::double precision) AS trial_start,
    to_timestamp(trial_end::double precision) AS trial_end,
    to_timestamp(canceled_at::double precision) AS canceled_at,
    to_timestamp(ended_at::double precision) AS ended_at,
    cancellation_details ->> 'reason'::text AS cancellation_reason,
    cancellation_details ->> 'feedback'::text AS feedback
   FROM subscriptions
  WHERE NOT hidden;

create view insight_invoices as
 SELECT id,
    account,
    livemode,
    test_clock,
    customer,
    subscription,
    number,
    status,
    currency,
    billing_reason,
    subtotal,
    total,
    total - total_excluding_tax AS tax,
    amount_paid,
    amount_remaining,
    attempt_count,
    to_timestamp(created::double precision) AS created_at,
    to_timestamp(finalized_at::double precision) AS finalized_at,
    to_timestamp(paid_at::double precision) AS paid_at
   FROM invoices
  WHERE NOT hidden AND NOT deleted;

create view insight_charges as
 SELECT id,
    account,
    livemode,
    customer,
    invoice,
    status,
    currency,
    amount,
    amount_refunded,
    disputed,
    failure_code,
    to_timestamp(created::double precision) AS created_at
   FROM charges;
