-- What processors tell by webhooks: each event is acted on once, however often it is sent.
create table processor_events (
  processor text not null,
  id text not null,
  livemode boolean not null,
  type text not null,
  received timestamptz not null default now(),
  -- Null: its effects are not committed yet.
  handled timestamptz,
  primary key (processor, id)
);
create index processor_events_received on processor_events (received);

-- Payers who come back, and webhooks, name the processor's own operations and cards.
create index payment_attempts_of_processor on payment_attempts (gateway, gateway_reference) where gateway not like 'sandbox%';
create index payment_methods_of_processor on payment_methods (gateway, split_part(gateway_reference, '/', 2)) where gateway not like 'sandbox%';
