-- Phases that a subscription goes through by itself: before it is there (not_started), and while it is carried out (active).
create table subscription_schedules (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  test_clock text references test_clocks,
  status text not null,
  -- The one that it drives; at its start the id of one that is yet to be made.
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
  metadata jsonb not null default '{}'
);
create index subscription_schedules_list on subscription_schedules (account, livemode, created desc, seq desc);
create index subscription_schedules_customer on subscription_schedules (customer);
-- A subscription is driven by one schedule at a time.
create unique index subscription_schedules_subscription on subscription_schedules (subscription) where status = 'active';

alter table subscriptions add column schedule text;
