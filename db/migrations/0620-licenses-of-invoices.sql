-- The line of an invoice that bought a license once: a product that is not a part of a subscription.
alter table licenses add column invoice text references invoices;
alter table licenses add column invoice_line text;
create unique index licenses_invoice_line on licenses (invoice_line) where invoice_line is not null;
create index licenses_invoice on licenses (invoice) where invoice is not null;
