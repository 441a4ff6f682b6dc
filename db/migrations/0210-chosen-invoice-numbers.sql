-- How often a caller set an invoice's number. While it is 0, automatic numbers need not look for taken ones.
alter table accounts add column chosen_invoice_numbers bigint not null default 0;
