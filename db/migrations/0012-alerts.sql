-- Who is told when a customer's usage or spend has come to so much, and what was told.
create table alerts (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  title text not null,
  alert_type text not null,
  status text not null,
  activation integer not null,
  counts_from bigint not null,
  meter text references meters,
  currency text,
  customer text references customers,
  gte bigint not null,
  recurrence text not null
);
create index alerts_list on alerts (account, livemode, created desc, seq desc);
-- With every batch of usage it is asked whether anybody watches.
create index alerts_active on alerts (account, livemode, customer, meter) where status = 'active';

create table alert_triggereds (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  alert text not null references alerts,
  customer text not null references customers,
  activation integer not null,
  number integer not null,
  value text not null,
  period_end bigint,
  unique (customer, alert, number)
);

-- Subscriptions that usage may bill in mid-period.
create index subscriptions_thresholds on subscriptions (customer) where billing_thresholds is not null;
