-- What of a line has been billed and not earned yet: the deferred revenue account is the sum of these.
alter table invoice_line_items add column deferred bigint not null default 0;
create index invoice_line_items_deferred on invoice_line_items (subscription) where deferred <> 0;
