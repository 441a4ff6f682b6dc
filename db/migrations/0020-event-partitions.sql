-- Events, their deliveries and the attempts at those, by the week (UTC) in which the event was written in real time: what is older
-- than it is kept goes a week at a time, by dropping tables. `created` says nothing about that, since it is virtual on a test clock.
-- A delivery and its attempts carry the time of their event, and so share its week. No foreign keys: each would have a new week, or
-- one that goes, lock the table that it points to.

alter table delivery_attempts rename to delivery_attempts_before;
alter table deliveries rename to deliveries_before;
alter table events rename to events_before;
drop index deliveries_due, deliveries_event, deliveries_order, delivery_attempts_delivery;
alter index delivery_attempts_pkey rename to delivery_attempts_before_pkey;
alter index deliveries_pkey rename to deliveries_before_pkey;
alter sequence deliveries_seq_seq rename to deliveries_before_seq;
alter sequence events_seq_seq rename to events_before_seq;

create sequence events_seq;
create table events (
  id text not null,
  account text not null,
  livemode boolean not null,
  created bigint not null,
  seq bigint not null default nextval('events_seq'),
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
  thin boolean not null default false,
  recorded timestamptz not null default now()
) partition by range (recorded);
alter sequence events_seq owned by events.seq;
create index events_list on events (account, livemode, created desc, seq desc) where not thin;

create sequence deliveries_seq;
create table deliveries (
  id text not null,
  account text not null,
  seq bigint not null default nextval('deliveries_seq'),
  endpoint text not null,
  event text not null,
  order_key text not null,
  status text not null,
  attempts integer not null default 0,
  first_attempt_at timestamptz,
  next_attempt_at timestamptz not null default now(),
  delivered_at timestamptz,
  recorded timestamptz not null,
  primary key (id, recorded)
) partition by range (recorded);
alter sequence deliveries_seq owned by deliveries.seq;
create index deliveries_due on deliveries (endpoint, next_attempt_at) where status = 'pending';
create index deliveries_event on deliveries (event);
create index deliveries_order on deliveries (endpoint, order_key, seq) where status = 'pending';

create table delivery_attempts (
  id text not null,
  delivery text not null,
  at timestamptz not null,
  duration_milliseconds integer not null,
  status integer,
  error text,
  recorded timestamptz not null,
  primary key (id, recorded)
) partition by range (recorded);
create index delivery_attempts_delivery on delivery_attempts (delivery, at);

-- An event is found by its id, and a commit makes one of a type for an object once. The commit's own cause guards that between
-- weeks; within a week these do, of which the second is a hash: its four texts would be as long as the rest of the row's indexes.
create function add_event_guards(partition text) returns void language plpgsql as $$
begin
  execute format('create unique index on %I (id)', partition);
  execute format('create unique index on %I ((md5(object_id || '' '' || type || '' '' || workflow || '' '' || cause)::uuid))', partition);
end $$;

-- Takes what comes in a week that nobody has prepared, so that no commit ever fails for want of a partition.
create table events_other partition of events default;
create table deliveries_other partition of deliveries default;
create table delivery_attempts_other partition of delivery_attempts default;
select add_event_guards('events_other');

-- The partition of the week that `at` is in. Where that week's rows have gone to the default one already, they stay there. One table
-- at a time: its writers wait for this, and who holds one of the three while he waits for another would be waited for.
create function add_event_partition(parent text, at timestamptz) returns void language plpgsql as $$
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
end $$;
select add_event_partition(parent, now() + n * interval '7 days')
from generate_series(0, 4) n, unnest(array['events', 'deliveries', 'delivery_attempts']) parent;

insert into events (id, account, livemode, created, seq, type, api_version, object_id, object, previous_attributes, order_key, workflow,
    cause, request, idempotency_key, thin)
  select id, account, livemode, created, seq, type, api_version, object_id, object, previous_attributes, order_key, workflow, cause,
    request, idempotency_key, thin from events_before;
insert into deliveries (id, account, seq, endpoint, event, order_key, status, attempts, first_attempt_at, next_attempt_at, delivered_at,
    recorded)
  select d.id, d.account, d.seq, d.endpoint, d.event, d.order_key, d.status, d.attempts, d.first_attempt_at, d.next_attempt_at,
    d.delivered_at, e.recorded from deliveries_before d join events e on e.id = d.event;
insert into delivery_attempts (id, delivery, at, duration_milliseconds, status, error, recorded)
  select a.id, a.delivery, a.at, a.duration_milliseconds, a.status, a.error, d.recorded
  from delivery_attempts_before a join deliveries d on d.id = a.delivery;
select setval('events_seq', coalesce((select max(seq) from events), 0) + 1, false),
  setval('deliveries_seq', coalesce((select max(seq) from deliveries), 0) + 1, false);
drop table delivery_attempts_before, deliveries_before, events_before;
