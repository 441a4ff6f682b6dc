-- The page size that the caller chose for an invoice. Null: that of the document settings.
alter table invoices add column page_size text;
