-- What an expired session offers to continue with, and until when.
alter table checkout_sessions add column recovery_expires_at bigint;
create index checkout_sessions_recovered_from on checkout_sessions (recovered_from);
update checkout_sessions set settings =
  '{"after_expiration": null, "invoice_creation": null, "optional_items": [], "saved_payment_method_options": null}' || settings;
update payment_links set settings =
  '{"after_expiration": null, "invoice_creation": null, "optional_items": [], "saved_payment_method_options": null}' || settings;
