-- Credit notes: what was taken back of a final invoice, and how it was given back.
create table credit_notes (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text not null references customers,
  invoice text not null references invoices,
  number text not null,
  status text not null,
  type text not null,
  currency text not null,
  reason text,
  memo text,
  effective_at bigint,
  subtotal bigint not null,
  subtotal_excluding_tax bigint not null,
  total bigint not null,
  total_excluding_tax bigint not null,
  total_discount_amounts jsonb not null default '[]',
  total_credit_amounts jsonb not null default '[]',
  total_taxes jsonb not null default '[]',
  pre_payment_amount bigint not null,
  post_payment_amount bigint not null,
  out_of_band_amount bigint,
  customer_balance_transaction text references customer_balance_transactions,
  refunds jsonb not null default '[]',
  voided_at bigint,
  metadata jsonb not null default '{}',
  constraint credit_notes_sum check (pre_payment_amount >= 0 and post_payment_amount >= 0 and pre_payment_amount + post_payment_amount = total)
);
create index credit_notes_list on credit_notes (account, livemode, created desc, seq desc);
create index credit_notes_customer on credit_notes (customer, created desc, seq desc);
create unique index credit_notes_number on credit_notes (invoice, number);
select keep_owner('credit_notes');

create table credit_note_line_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  credit_note text not null references credit_notes,
  position integer not null,
  type text not null,
  invoice_line_item text references invoice_line_items,
  description text,
  quantity bigint,
  unit_amount_decimal text,
  amount bigint not null,
  discount_amounts jsonb not null default '[]',
  credit_amounts jsonb not null default '[]',
  taxes jsonb not null default '[]',
  deferred bigint not null default 0,
  metadata jsonb not null default '{}'
);
create unique index credit_note_line_items_list on credit_note_line_items (credit_note, position);
select keep_owner('credit_note_line_items');

alter table invoices add column pre_payment_credit_notes_amount bigint not null default 0;
alter table invoices add column post_payment_credit_notes_amount bigint not null default 0;
alter table invoices add constraint invoices_never_overcredited
  check (pre_payment_credit_notes_amount >= 0 and post_payment_credit_notes_amount >= 0
    and (pre_payment_credit_notes_amount + post_payment_credit_notes_amount = 0
      or pre_payment_credit_notes_amount + post_payment_credit_notes_amount <= total));

alter table customer_balance_transactions add column credit_note text references credit_notes;
