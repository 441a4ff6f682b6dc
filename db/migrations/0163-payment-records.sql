-- Payments that were made elsewhere, as callers report them.
create table payment_records (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  currency text not null,
  status text not null,
  amount_requested bigint not null,
  amount_guaranteed bigint not null,
  amount_failed bigint not null,
  amount_canceled bigint not null,
  amount_refunded bigint not null,
  latest_attempt text not null,
  customer_details jsonb not null,
  customer_presence text,
  description text,
  payment_method_details jsonb not null,
  payment_reference text,
  shipping jsonb,
  metadata jsonb not null default '{}',
  constraint payment_records_amounts check (amount_guaranteed in (0, amount_requested) and amount_refunded between 0 and amount_guaranteed)
);
create index payment_records_list on payment_records (account, livemode, created desc, seq desc);
select keep_owner('payment_records');
alter table invoice_payments add constraint invoice_payments_payment_record_fkey foreign key (payment_record) references payment_records;
create index invoice_payments_record on invoice_payments (payment_record) where payment_record is not null;
