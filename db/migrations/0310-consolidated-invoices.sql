-- The subscriptions whose renewals an invoice bills together. Only such invoices are in the indexes.
alter table invoices add column consolidates text[] default '{}' not null;
create index invoices_consolidates on invoices using gin (consolidates) where consolidates <> '{}';
create index invoices_consolidates_unpaid on invoices using gin (consolidates) where consolidates <> '{}' and status in ('draft', 'open');
create index invoices_consolidated_drafts on invoices (customer) where consolidates <> '{}' and status = 'draft';
