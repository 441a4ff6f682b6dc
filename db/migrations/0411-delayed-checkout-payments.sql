-- What a bank has decided of the payment of a complete session.
alter table checkout_sessions add column async_payment text;
