-- Forecasts: what was asked, how far it is, and its result. While one runs, its copies live in accounts of their own.
alter table accounts add column forecast text;
create index accounts_of_forecast on accounts (forecast) where forecast is not null;

create table forecasts (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  status text not null check (status in ('running', 'completed', 'canceled', 'failed')),
  edges bigint[] not null,
  customers text[],
  prices text[],
  test_clock text references test_clocks,
  changes jsonb,
  assumptions text[] not null default '{}',
  ended_at bigint,
  failure text
);
create index forecasts_list on forecasts (account, livemode, seq desc);
select keep_owner('forecasts');

create table forecast_batches (
  forecast text not null references forecasts,
  number integer not null,
  account text not null references accounts,
  subscriptions text[] not null,
  customers text[] not null,
  months_done integer not null default 0,
  is_done boolean not null default false,
  primary key (forecast, number)
);
select keep_owner('forecast_batches');

create table forecast_sums (
  forecast text not null references forecasts,
  batch integer not null,
  account text not null references accounts,
  version text not null check (version in ('as_now', 'changed')),
  starts_at bigint not null,
  currency text not null,
  revenue bigint not null,
  tax bigint not null,
  cash bigint not null,
  invoices bigint not null,
  mrr bigint not null,
  primary key (forecast, batch, version, starts_at, currency)
);
select keep_owner('forecast_sums');

create table forecast_customers (
  forecast text not null references forecasts,
  account text not null references accounts,
  livemode boolean not null,
  version text not null check (version in ('as_now', 'changed')),
  customer text not null references customers,
  currency text not null,
  revenue bigint not null,
  tax bigint not null,
  primary key (forecast, customer, currency, version)
);
select keep_owner('forecast_customers');
