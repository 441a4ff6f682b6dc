-- The customer's tax ids at the moment in which an invoice became final, as [{"type": …, "value": …}].
alter table invoices add column customer_tax_ids jsonb not null default '[]';
