-- When deferred revenue is earned: evenly by the second, from a line's start to its end. A schedule is written once, with the ledger
-- transaction of its cause, and never changed; an opposite one ends it.
create table revenue_schedules (
  id text primary key,
  transaction text not null references ledger_transactions,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  invoice text not null,
  invoice_line_item text not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  starts_at bigint not null,
  ends_at bigint not null,
  counts_from bigint not null,
  check (starts_at <= counts_from and counts_from <= ends_at)
);
create index revenue_schedules_time on revenue_schedules (account, livemode, ends_at);
create index revenue_schedules_line on revenue_schedules (invoice_line_item);
select keep_owner('revenue_schedules');

alter table invoice_line_items add column deferred_from bigint not null default 0;
alter table invoice_line_items add column written_off bigint not null default 0;
drop index invoice_line_items_deferred;

-- The share of an amount that is earned by a time, rounded half away from zero. The arithmetic of whole numbers has no precision to lose.
create function revenue_share(amount bigint, starts_at bigint, ends_at bigint, at bigint) returns bigint
language sql immutable parallel safe as $$
  select case when at >= ends_at then amount when at <= starts_at then 0
    else (sign(amount) * div(2 * abs(amount)::numeric * (at - starts_at) + (ends_at - starts_at), 2 * (ends_at - starts_at)::numeric))::bigint end
$$;
