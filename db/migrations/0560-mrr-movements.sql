-- What each subscription is worth in a month, and each change of that.
alter table subscriptions add column mrr bigint not null default 0;

create table mrr_movements (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  subscription text not null references subscriptions,
  test_clock text references test_clocks,
  currency text not null,
  type text not null check (type in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  amount bigint not null check (amount <> 0),
  subscription_mrr bigint not null check (subscription_mrr >= 0),
  customer_mrr bigint not null check (customer_mrr >= 0)
);
create index mrr_movements_list on mrr_movements (account, livemode, created desc, seq desc);
-- A commit asks for the latest of each currency.
create index mrr_movements_of_customer on mrr_movements (customer, currency, seq desc);
select keep_owner('mrr_movements');
