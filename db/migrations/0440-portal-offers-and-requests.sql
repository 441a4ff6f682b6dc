-- Pauses, changes that wait for the end of the period, and what flows offer.
update portal_configurations set features = features
  || '{"subscription_pause": {"enabled": false, "duration": {"type": "interval_options", "interval_options": [{"interval": "month", "interval_count": 1}]}}}'
  || jsonb_build_object('subscription_update', features -> 'subscription_update' || '{"schedule_at_period_end": {"conditions": []}}');
update portal_sessions set flow = '{"discounts": null, "retention": null}' || flow where flow is not null and jsonb_typeof(flow) = 'object';

-- What customers who wanted to cancel have answered to the offer of a coupon: once for each subscription and coupon.
create table portal_retention_offers (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  subscription text not null references subscriptions,
  coupon text not null,
  session text not null,
  status text not null
);
create unique index portal_retention_offers_once on portal_retention_offers (subscription, coupon);
create index portal_retention_offers_list on portal_retention_offers (account, livemode, created desc, seq desc);
create index portal_retention_offers_customer on portal_retention_offers (customer);
select keep_owner('portal_retention_offers');

-- What customers ask for by law: the end of a contract, the withdrawal from it, their deletion.
create table customer_requests (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  type text not null,
  status text not null,
  customer text references customers,
  subscription text references subscriptions,
  declaration jsonb not null,
  owner text not null,
  due_at bigint not null,
  open_reason text,
  plan jsonb,
  note text,
  resolved_at bigint,
  url text not null
);
create index customer_requests_list on customer_requests (account, livemode, created desc, seq desc);
create index customer_requests_customer on customer_requests (customer) where customer is not null;
create index customer_requests_due on customer_requests (account, livemode, due_at) where status = 'open';
select keep_owner('customer_requests');

-- The public pages on which contracts are ended.
update accounts set settings = jsonb_set(
  jsonb_set(settings, '{live,contracts}', '{"cancellation": "at_period_end", "owner": "billing", "pages": false, "withdrawal_days": 14}'),
  '{test,contracts}', '{"cancellation": "at_period_end", "owner": "billing", "pages": false, "withdrawal_days": 14}');
