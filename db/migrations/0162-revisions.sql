-- A revision replaces a final invoice: the original is void when the revision becomes final.
alter table invoices add column from_invoice text references invoices;
alter table invoices add column latest_revision text references invoices;
create index invoices_from_invoice on invoices (from_invoice) where from_invoice is not null;
create index invoices_latest_revision on invoices (latest_revision) where latest_revision is not null;
