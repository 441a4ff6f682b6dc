-- Balances at the end of months that are over and not closed, so that a statement reads the entries after them. They are nobody's statement:
-- what is posted into such a month, or before it, forgets them.
create table ledger_months (
  id bigint generated always as identity primary key,
  account text not null references accounts,
  livemode boolean not null,
  ends_at bigint not null,
  is_kept boolean not null default false,
  unique (account, livemode, ends_at)
);
select keep_owner('ledger_months');

create table ledger_month_balances (
  month bigint not null references ledger_months on delete cascade,
  ledger_account text not null,
  currency text not null,
  amount bigint not null,
  primary key (month, ledger_account, currency)
);

create function forget_later_months() returns trigger language plpgsql as $$
begin
  delete from ledger_months where account = new.account and livemode = new.livemode and ends_at > new.posted;
  return null;
end $$;
create trigger ledger_transactions_months after insert on ledger_transactions for each row execute function forget_later_months();
create trigger revenue_schedules_months after insert on revenue_schedules for each row execute function forget_later_months();
