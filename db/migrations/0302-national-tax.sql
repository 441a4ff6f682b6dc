-- The tax of an invoice or a credit note in the currency of the country that it is owed to.
alter table invoices add column national_tax jsonb;
alter table credit_notes add column national_tax jsonb;
