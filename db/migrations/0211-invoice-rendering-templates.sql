-- Texts that invoices of some customers show.
create table invoice_rendering_templates (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  nickname text,
  status text not null,
  version bigint not null,
  memo text,
  footer text,
  custom_fields jsonb,
  metadata jsonb not null default '{}'
);
create index invoice_rendering_templates_list on invoice_rendering_templates (account, livemode, created desc, seq desc);
select keep_owner('invoice_rendering_templates');

-- How an invoice's document is written. Null: nothing of it was chosen.
alter table invoices add column rendering jsonb;
-- Of the latest payment by card.
alter table invoices add column receipt_number text;
update customers set invoice_settings = invoice_settings || '{"rendering_options": null}';
