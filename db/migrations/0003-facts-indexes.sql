-- What a commit's facts are found by and nothing else asked for: without these, each commit read the whole table.
create index invoice_items_invoice on invoice_items (invoice) where invoice is not null;
create index dunnings_customer on dunnings (customer) where status = 'running';
