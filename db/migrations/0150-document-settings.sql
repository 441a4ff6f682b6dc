-- What documents say for every customer.
create table document_settings (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  contact jsonb,
  bank_account jsonb,
  memo text,
  footer text,
  custom_fields jsonb,
  page_size text not null
);
create unique index document_settings_of_account on document_settings (account, livemode);
select keep_owner('document_settings');

-- The seller's contact, bank account and page size at the moment in which an invoice became final. Null: nothing was set.
alter table invoices add column seller_details jsonb;
