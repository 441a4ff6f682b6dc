-- An invoice has several payments: by payment intents, and by records of payments that were made elsewhere. A payment that was attached
-- belongs to one invoice.
alter table invoice_payments alter column payment_intent drop not null;
alter table invoice_payments add column payment_record text;
alter table invoice_payments add constraint invoice_payments_of_one check ((payment_intent is null) <> (payment_record is null));
create unique index invoice_payments_attached on invoice_payments (coalesce(payment_intent, payment_record))
  where not is_default and status <> 'canceled';
alter table invoices add column amount_overpaid bigint not null default 0;
alter table invoices add column amount_paid_off_stripe bigint not null default 0;
update invoices set amount_paid_off_stripe = amount_paid where paid_out_of_band;
