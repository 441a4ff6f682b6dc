-- Tax ids of the account itself, which have no customer, beside those of its customers; and the ones that an invoice shows.
alter table customer_tax_ids rename to tax_ids;
alter index customer_tax_ids_pkey rename to tax_ids_pkey;
alter index customer_tax_ids_list rename to tax_ids_list;
alter sequence customer_tax_ids_seq_seq rename to tax_ids_seq_seq;
alter table tax_ids alter column customer drop not null;
create index tax_ids_own on tax_ids (account, livemode, created desc, seq desc) where customer is null;
alter table invoices add column account_tax_ids text[];
