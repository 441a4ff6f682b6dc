-- When a Canadian account may be debited, and for whom: {interval_description, payment_schedule, transaction_type}. Null: another kind of account.
alter table mandates add column schedule jsonb;
