-- Each mode of an account has settings and invoice numbers of its own.
update accounts set settings = jsonb_build_object('live', settings, 'test', settings);
alter table accounts add column next_test_invoice_sequence bigint not null default 1;
update accounts set next_test_invoice_sequence = next_invoice_sequence;
