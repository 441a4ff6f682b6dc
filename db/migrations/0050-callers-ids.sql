-- Ids that callers choose are unique for an account and mode, not for everybody: another account may use the same ones, and learns
-- nothing of them.
alter table prices drop constraint prices_product_fkey;
alter table subscription_items drop constraint subscription_items_price_fkey;
alter table usage_periods drop constraint usage_periods_price_fkey;
alter table products drop constraint products_pkey, add primary key (account, livemode, id);
alter table prices drop constraint prices_pkey, add primary key (account, livemode, id);
alter table prices add foreign key (account, livemode, product) references products;
alter table subscription_items add foreign key (account, livemode, price) references prices;
alter table usage_periods add foreign key (account, livemode, price) references prices;

-- No row ever goes to another account or mode, whatever writes it.
create function refuse_another_owner() returns trigger language plpgsql as $$
begin
  raise exception 'a row of % would go to another account or mode', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create function keep_owner(of regclass) returns void language plpgsql as $$
declare
  has_mode boolean := exists (select 1 from pg_attribute where attrelid = of and attname = 'livemode' and not attisdropped);
begin
  execute format(
    'create trigger keep_owner before update on %s for each row when (old.account is distinct from new.account%s) execute function refuse_another_owner()',
    of, case when has_mode then ' or old.livemode is distinct from new.livemode' else '' end);
end $$;

do $$
declare
  owned regclass;
begin
  for owned in
    select c.oid::regclass from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    perform keep_owner(owned);
  end loop;
end $$;
