-- The correction of many invoices: the terms, who approved them, and each invoice with what came of it.
create table repairs (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  description text,
  selection jsonb not null,
  correction jsonb not null,
  give_back text not null check (give_back in ('customer_balance', 'out_of_band', 'refund')),
  status text not null check (status in ('preparing', 'draft', 'running', 'paused', 'completed', 'canceled')),
  -- Ids of users or of keys.
  created_by text not null,
  approved_by text,
  approved_at bigint,
  -- Why, in the words of the person who has approved it.
  reason text,
  ended_at bigint
);
create index repairs_list on repairs (account, livemode, created desc, seq desc);
create index repairs_at_work on repairs (id) where status in ('preparing', 'running');
select keep_owner('repairs');

create table repair_items (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  repair text not null references repairs,
  invoice text not null references invoices,
  customer text not null,
  currency text not null,
  status text not null
    check (status in ('selected', 'planned', 'unchanged', 'blocked', 'corrected', 'changed', 'failed')),
  -- What the invoice said in the dry run; it is corrected only while it says the same.
  version text,
  -- Minor units.
  says bigint,
  would_say bigint,
  note_amount bigint,
  -- Null: no new invoice is needed.
  new_amount bigint,
  credit_note text,
  new_invoice text,
  reason text
);
create unique index repair_items_once on repair_items (repair, invoice);
create index repair_items_list on repair_items (account, livemode, created desc, seq desc);
create index repair_items_open on repair_items (repair, status, seq);
create index repair_items_of_customer on repair_items (customer);
select keep_owner('repair_items');

-- Whether the person who approves a repair must be another than the one who has made it.
update accounts set settings = jsonb_set(
  jsonb_set(settings, '{live,repairs}', '{"approval": "one_person"}'), '{test,repairs}', '{"approval": "one_person"}');
