-- When a buyer last confirmed: for a time, the attempt keeps a place among the sales that a payment link allows.
alter table checkout_sessions add column attempted_at bigint;
-- What a buyer reads after a purchase.
update checkout_sessions set settings = '{"confirmation_message": null}' || settings;
update payment_links set settings = '{"confirmation_message": null}' || settings;
