-- Events of processors that no webhook has brought are fetched.
alter table processor_events add column fetched boolean not null default false;
create index processor_events_fetched on processor_events (processor, livemode) where fetched;

create table processor_fetches (
  processor text not null,
  livemode boolean not null,
  -- Every event until then is acted on. Epoch seconds, as the others.
  read_until bigint not null,
  tried_at bigint not null,
  -- Null: never.
  read_at bigint,
  -- Null: the last try has read everything.
  error text,
  primary key (processor, livemode)
);
