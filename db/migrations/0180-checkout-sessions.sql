-- Sales that buyers complete on a page.
create table checkout_sessions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  test_clock text references test_clocks,
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
  metadata jsonb not null default '{}'
);
create index checkout_sessions_list on checkout_sessions (account, livemode, created desc, seq desc);
create index checkout_sessions_customer on checkout_sessions (customer);
create index checkout_sessions_payment_intent on checkout_sessions (payment_intent);
create index checkout_sessions_subscription on checkout_sessions (subscription);
select keep_owner('checkout_sessions');

-- The session that an intent or a subscription was made for, and until when an unpaid subscription waits.
alter table payment_intents add column checkout_session text;
alter table setup_intents add column checkout_session text;
alter table subscriptions add column checkout_session text, add column incomplete_until bigint;
