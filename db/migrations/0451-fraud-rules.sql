-- Fraud rules of the seller, the lists of values that they name, and what they have decided.
create table radar_rules (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  action text not null,
  predicate text not null,
  condition jsonb not null,
  after_bank boolean not null,
  active boolean not null,
  version integer not null,
  metadata jsonb not null default '{}'
);
-- Each charge reads these.
create index radar_rules_active on radar_rules (account, livemode) where active;
create index radar_rules_list on radar_rules (account, livemode, created desc, seq desc);
select keep_owner('radar_rules');

create table value_lists (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  alias text not null,
  name text not null,
  item_type text not null,
  created_by text not null,
  deleted boolean not null default false,
  metadata jsonb not null default '{}'
);
create index value_lists_list on value_lists (account, livemode, created desc, seq desc);
create unique index value_lists_alias on value_lists (account, livemode, alias) where not deleted;
select keep_owner('value_lists');

create table value_list_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  value_list text not null references value_lists,
  value text not null,
  compared text not null,
  created_by text not null,
  deleted boolean not null default false
);
create index value_list_items_list on value_list_items (value_list, created desc, seq desc) where not deleted;
create unique index value_list_items_value on value_list_items (value_list, compared) where not deleted;
select keep_owner('value_list_items');

create table fraud_decisions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  attempt text not null,
  payment_intent text not null,
  round text not null,
  assessment jsonb not null,
  matched jsonb not null,
  values jsonb not null,
  unique (attempt, round)
);
create index fraud_decisions_list on fraud_decisions (account, livemode, created desc, seq desc);
create index fraud_decisions_intent on fraud_decisions (payment_intent);
create index fraud_decisions_created on fraud_decisions (created);
select keep_owner('fraud_decisions');

-- The lists that every account has. What is on them is allowed or blocked without a rule.
create function make_default_value_lists(of_account text, at bigint) returns void language sql as $$
  insert into value_lists (id, account, livemode, created, alias, name, item_type, created_by)
  select 'rsl_' || substr(md5(of_account || mode.livemode || list.alias), 1, 24), of_account, mode.livemode, at, list.alias, list.name,
    list.item_type, 'dunlin'
  from (values (false), (true)) as mode (livemode), (values
    ('card_bin_allowlist', 'Allowed card numbers', 'card_bin'), ('card_bin_blocklist', 'Blocked card numbers', 'card_bin'),
    ('card_country_allowlist', 'Allowed card countries', 'country'), ('card_country_blocklist', 'Blocked card countries', 'country'),
    ('card_fingerprint_allowlist', 'Allowed cards', 'card_fingerprint'), ('card_fingerprint_blocklist', 'Blocked cards', 'card_fingerprint'),
    ('customer_id_allowlist', 'Allowed customers', 'customer_id'), ('customer_id_blocklist', 'Blocked customers', 'customer_id'),
    ('email_allowlist', 'Allowed e-mail addresses', 'email'), ('email_blocklist', 'Blocked e-mail addresses', 'email'),
    ('ip_address_allowlist', 'Allowed IP addresses', 'ip_address'), ('ip_address_blocklist', 'Blocked IP addresses', 'ip_address')
  ) as list (alias, name, item_type)
  on conflict do nothing
$$;
select make_default_value_lists(id, created) from accounts;

-- Counters of rules count every attempt of a card or a customer.
drop index payment_attempts_card;
create index payment_attempts_card on payment_attempts (account, livemode, fingerprint, created);
drop index payment_attempts_customer;
create index payment_attempts_customer on payment_attempts (customer, created);
