-- What keeps the workflows honest (workflows, commits, dunnings) and the double-entry ledger.

-- One row per running workflow: the test clock steps through it, lists by what is due read it, the sweep repairs by it.
create table workflows (
  id text primary key,
  kind text not null,
  subject text not null,
  account text not null references accounts,
  livemode boolean not null,
  customer text,
  test_clock text,
  status text not null,
  next_due bigint,
  next_step text,
  agenda jsonb not null default '[]',
  started_at bigint not null,
  ended_at bigint,
  moved_at timestamptz not null default now()
);
create index workflows_due on workflows (next_due) where ended_at is null and test_clock is null;
create index workflows_clock on workflows (test_clock, next_due) where ended_at is null and test_clock is not null;
create index workflows_subject on workflows (subject);

-- Each step of a workflow, once: the guard against doing it twice, and the timeline.
create table commits (
  workflow text not null,
  cause text not null,
  seq bigint generated always as identity,
  account text not null references accounts,
  step text not null,
  at bigint not null,
  outcome text,
  primary key (workflow, cause)
);
create index commits_timeline on commits (workflow, seq);

create table dunnings (
  invoice text primary key references invoices,
  account text not null references accounts,
  livemode boolean not null,
  customer text not null references customers,
  subscription text,
  created bigint not null,
  policy jsonb not null,
  status text not null,
  failed_at bigint not null,
  retries integer not null default 0,
  next_retry_at bigint,
  failed_payment_method text,
  decline_code text,
  hard boolean not null default false,
  ended_at bigint
);

create table ledger_transactions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  type text not null,
  source text not null,
  customer text,
  workflow text not null,
  cause text not null
);
create index ledger_transactions_source on ledger_transactions (source);

create table ledger_entries (
  id text primary key,
  transaction text not null references ledger_transactions,
  ledger_account text not null,
  amount bigint not null check (amount <> 0),
  currency text not null,
  invoice text
);
create index ledger_entries_transaction on ledger_entries (transaction);
create index ledger_entries_invoice on ledger_entries (invoice) where invoice is not null;

-- Debits are positive, credits negative: each transaction sums to zero in each currency, or it does not commit.
create function ledger_transaction_balances() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from ledger_entries where transaction = new.transaction group by currency having sum(amount) <> 0
  ) then
    raise exception 'ledger transaction % does not balance', new.transaction;
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balance after insert or update on ledger_entries
  deferrable initially deferred for each row execute function ledger_transaction_balances();

-- The sandbox gateway's own memory: what a real processor would keep on its side.
create table sandbox_operations (
  key text primary key,
  kind text not null,
  amount bigint,
  currency text,
  card text,
  answer jsonb not null,
  created timestamptz not null default now()
);
create table sandbox_faults (
  id bigint generated always as identity primary key,
  kind text not null,
  match text,
  remaining integer not null
);

create table instance (
  id boolean primary key default true check (id),
  secret text not null,
  created timestamptz not null default now()
);
