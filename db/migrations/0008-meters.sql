-- Metered usage: what is counted (meters), each event once (meter_events), and what it comes to by the hour (meter_rollups).

create table meters (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  updated bigint not null,
  display_name text not null,
  event_name text not null,
  status text not null,
  deactivated_at bigint,
  formula text not null,
  event_time_window text,
  customer_key text not null,
  value_key text not null,
  dimension_keys text[] not null default '{}',
  cost_key text,
  cost_currency text
);
create index meters_list on meters (account, livemode, created desc, seq desc);
create unique index meters_event_name on meters (account, livemode, event_name) where status = 'active';
create index meters_any_event_name on meters (account, livemode, event_name, created desc);

-- A meter, a customer and one value for each dimension, under a short number: events and roll-ups repeat nothing but that.
create table meter_series (
  id bigint generated always as identity primary key,
  key uuid not null unique,
  account text not null references accounts,
  livemode boolean not null,
  meter text not null references meters,
  customer text not null references customers,
  dimensions jsonb not null default '{}'
);
create index meter_series_customer on meter_series (customer, meter);

-- Each event once, in a partition by the month of its receipt (epoch microseconds): timestamps may lie in any year where a test
-- clock says so, receipts do not. `identifier` is a hash of account, mode and the caller's word; `content` tells a repetition
-- from another event. `value` is, for a meter that counts distinct values, a hash of it.
create table meter_events (
  received bigint not null,
  at bigint not null,
  series bigint not null,
  content bigint not null,
  identifier uuid not null,
  canceled boolean not null default false,
  value numeric,
  cost numeric
) partition by range (received);
-- By the hour, whose entries a B-tree keeps once however many events there are.
create index meter_events_hour on meter_events (series, (at / 3600));

-- The partition of the month that begins at `month`, made when the first event of it comes.
create function add_meter_partition(month timestamptz) returns void language plpgsql as $$
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
end $$;

-- Whole hours of a series, exact. `hour` counts hours since 1970.
create table meter_rollups (
  series bigint not null,
  hour integer not null,
  events bigint not null,
  sum numeric,
  max numeric,
  last numeric,
  last_at bigint,
  last_received bigint,
  cost numeric,
  primary key (series, hour)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- The distinct values of an hour, for meters that count those.
create table meter_uniques (
  series bigint not null,
  hour integer not null,
  value numeric not null,
  primary key (series, hour, value)
);

-- Refused events that are not reported yet: one row for each meter (or none that was found) and reason.
create table meter_errors (
  account text not null references accounts,
  livemode boolean not null,
  meter text not null,
  code text not null,
  opened bigint not null,
  latest bigint not null,
  errors bigint not null,
  samples jsonb not null,
  primary key (account, livemode, meter, code)
);
create index meter_errors_opened on meter_errors (opened);

-- Stripe's second kind of event: webhooks carry its id and what it is about, and `GET /v2/core/events/:id` all of it.
alter table events add column thin boolean not null default false;
create index events_list_v1 on events (account, livemode, created desc, seq desc) where not thin;
drop index events_list;
