-- Exchange rates that the seller entered, by day.
create table exchange_rates (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  from_currency text not null,
  to_currency text not null,
  rate text not null,
  day text not null,
  source text,
  unique (account, livemode, from_currency, to_currency, day)
);
select keep_owner('exchange_rates');

-- Closed tax returns, as they were filed.
create table tax_returns (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  form text not null,
  period text not null,
  report jsonb not null,
  unique (account, livemode, form, period)
);
select keep_owner('tax_returns');
