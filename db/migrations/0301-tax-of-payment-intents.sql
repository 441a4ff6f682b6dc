-- The tax calculation of a payment intent, and what was recorded of it.
alter table payment_intents add column tax_calculation text references requested_tax_calculations on delete set null;
alter table payment_intents add column tax_attempts jsonb not null default '[]';
create index tax_transactions_calculation on tax_transactions (calculation) where calculation is not null;
