-- Months that are closed: nothing is posted into them any more. `closing`: later transactions go to the open month already, and the
-- balances are still to be kept.
create table ledger_closes (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  starts_at bigint not null,
  ends_at bigint not null,
  status text not null check (status in ('closing', 'closed')),
  closed_at bigint,
  unique (account, livemode, ends_at)
);
select keep_owner('ledger_closes');

-- The balances at the end of a closed month. A later statement starts from them.
create table ledger_balances (
  close text not null references ledger_closes,
  ledger_account text not null,
  currency text not null,
  amount bigint not null,
  primary key (close, ledger_account, currency)
);

-- The codes that the seller's general ledger has for the accounts.
create table ledger_codes (
  account text not null references accounts,
  livemode boolean not null,
  ledger_account text not null,
  code text not null,
  primary key (account, livemode, ledger_account)
);
select keep_owner('ledger_codes');

-- The time at which a transaction counts: when it happened, or the start of the open month if its own is closed.
alter table ledger_transactions add column posted bigint;
update ledger_transactions set posted = created;
alter table ledger_transactions alter column posted set not null;
create index ledger_transactions_posted on ledger_transactions (account, livemode, posted, seq);
alter table revenue_schedules add column posted bigint;
update revenue_schedules set posted = created;
alter table revenue_schedules alter column posted set not null;

-- The transaction id is assigned before the closes are read, so that a close can wait for all that have not seen it.
create function post_in_open_month() returns trigger language plpgsql as $$
declare closed bigint;
begin
  perform pg_current_xact_id();
  select max(ends_at) into closed from ledger_closes where account = new.account and livemode = new.livemode;
  new.posted := greatest(new.created, coalesce(closed, 0));
  return new;
end $$;
create trigger ledger_transactions_posted before insert on ledger_transactions for each row execute function post_in_open_month();
create trigger revenue_schedules_posted before insert on revenue_schedules for each row execute function post_in_open_month();

-- What a schedule has moved from deferred revenue to revenue before a time.
create function revenue_earned(schedule revenue_schedules, at bigint) returns bigint language sql immutable parallel safe as $$
  select case when schedule.posted >= at then 0
    else revenue_share(schedule.amount, schedule.starts_at, schedule.ends_at, greatest(schedule.counts_from, at))
      - revenue_share(schedule.amount, schedule.starts_at, schedule.ends_at, schedule.counts_from) end
$$;
