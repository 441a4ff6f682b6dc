-- Bank accounts as payment methods, the mandates under which they are debited, and debits that their bank has not decided.
alter table payment_methods add column bank_account jsonb;
alter table payment_methods add column mandate text;

create table mandates (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  payment_method text not null references payment_methods,
  status text not null,
  type text not null,
  amount bigint,
  currency text,
  acceptance jsonb not null,
  reference text not null
);
select keep_owner('mandates');
create index mandates_payment_method on mandates (payment_method);

alter table payment_attempts add column mandate text;
alter table payment_attempts add column settles_at bigint;
alter table payment_intents add column debited_at bigint;
alter table setup_intents add column mandate text;

-- An intent, and an invoice, has at most one attempt of which nobody knows the outcome.
drop index payment_attempts_open_intent;
drop index payment_attempts_open_invoice;
create unique index payment_attempts_open_intent on payment_attempts (intent)
  where status in ('open', 'requires_action', 'unknown', 'processing');
create unique index payment_attempts_open_invoice on payment_attempts (invoice)
  where status in ('open', 'requires_action', 'unknown', 'processing') and invoice is not null;
