-- Whether the payer has been told that what pays the invoice also pays what its subscriptions cost later.
alter table payment_intents add column becomes_default boolean not null default false;
