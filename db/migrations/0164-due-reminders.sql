-- When the seller is told that a sent invoice will be due. Accounts have no reminders until they set them.
alter table invoices add column will_be_due_at bigint;
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,invoices,days_before_due}', 'null'), '{test,invoices,days_before_due}', 'null');
