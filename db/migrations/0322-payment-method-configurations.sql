-- Which ways to pay a seller offers. Each mode of an account has one by default.
create table payment_method_configurations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  is_default boolean not null,
  name text not null,
  preferences jsonb not null
);
create index payment_method_configurations_list on payment_method_configurations (account, livemode, created desc, seq desc);
create unique index payment_method_configurations_default on payment_method_configurations (account, livemode) where is_default;
select keep_owner('payment_method_configurations');

insert into payment_method_configurations (id, account, livemode, created, active, is_default, name, preferences)
select 'pmc_' || substr(md5(a.id || mode.livemode), 1, 24), a.id, mode.livemode, a.created, true, true, 'Default', '{}'
from accounts a, (values (false), (true)) as mode (livemode);

-- The configuration that decided what is offered.
alter table payment_intents add column payment_method_configuration text;
alter table setup_intents add column payment_method_configuration text;
update checkout_sessions set settings = '{"payment_method_configuration": null}' || settings;
update payment_links set settings = '{"payment_method_configuration": null}' || settings;
