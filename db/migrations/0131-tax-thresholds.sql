-- Thresholds for tax registrations that sellers were told about: once for each area, period and level.
create table tax_thresholds (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  area text not null,
  period_start bigint not null,
  level text not null,
  standing jsonb not null
);
create unique index tax_thresholds_once on tax_thresholds (account, livemode, area, period_start);
select keep_owner('tax_thresholds');

-- When a seller's sales were last compared with the thresholds, in real time.
create table tax_watches (
  account text not null references accounts,
  livemode boolean not null,
  looked_at bigint not null,
  primary key (account, livemode)
);
