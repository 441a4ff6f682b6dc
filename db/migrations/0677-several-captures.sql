-- An authorization that is captured in several parts: how many there were, and whether the one that is asked for is the last.
alter table payment_intents add column captures integer not null default 0;
alter table payment_intents add column capture_is_final boolean not null default true;
