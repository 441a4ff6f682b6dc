-- Prefixes of invoice numbers belong to one customer or to the account for good, so that no number is given twice.
create unique index customers_invoice_prefix on customers (account, livemode, invoice_prefix);

-- Prefixes that a customer, or with a null customer the account, no longer uses for new invoices.
create table retired_invoice_prefixes (
  account text not null references accounts,
  livemode boolean not null,
  prefix text not null,
  customer text references customers,
  primary key (account, livemode, prefix)
);
select keep_owner('retired_invoice_prefixes');

create function retire_customers_prefix() returns trigger language plpgsql as $$
begin
  insert into retired_invoice_prefixes values (old.account, old.livemode, old.invoice_prefix, old.id) on conflict do nothing;
  return null;
end $$;
create trigger retire_prefix after update of invoice_prefix on customers
  for each row when (old.invoice_prefix is distinct from new.invoice_prefix) execute function retire_customers_prefix();

create function retire_accounts_prefix() returns trigger language plpgsql as $$
begin
  insert into retired_invoice_prefixes
    select old.id, mode = 'live', old.settings #>> array[mode, 'invoices', 'prefix'], null from unnest(array['live', 'test']) mode
    where old.settings #>> array[mode, 'invoices', 'prefix'] <> new.settings #>> array[mode, 'invoices', 'prefix']
  on conflict do nothing;
  return null;
end $$;
create trigger retire_prefix after update of settings on accounts
  for each row when (old.settings is distinct from new.settings) execute function retire_accounts_prefix();
