-- The tax of an invoice as it was calculated before its finalization: what was asked (as a digest), who answered, and the answer.
create table tax_calculations (
  invoice text primary key references invoices on delete cascade,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  provider text not null,
  digest text not null,
  currency text not null,
  lines jsonb not null
);
select keep_owner('tax_calculations');
