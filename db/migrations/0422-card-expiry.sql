-- The month of the expiry of which the card's customer was told: 202604.
alter table payment_methods add column expiry_told_for integer;
