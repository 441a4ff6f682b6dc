-- What refunds without a credit note have taken back of an invoice, and what a remote tax provider is told of them.
alter table invoices add column refund_parts jsonb not null default '[]';
alter table tax_records add column refund_part text, add column credited jsonb;
drop index tax_records_once;
create unique index tax_records_once on tax_records (invoice, kind, coalesce(credit_note, refund_part, ''));
