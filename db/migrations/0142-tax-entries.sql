-- What a return needs of an entry of a tax account: its rate, the amount that is taxed (signed as the entry), and why it is taxed so. An
-- entry without tax (zero-rated, reverse charge) has a taxable amount, too.
alter table ledger_entries add column tax_rate text;
alter table ledger_entries add column taxable_amount bigint;
alter table ledger_entries add column taxability_reason text;
alter table ledger_entries drop constraint ledger_entries_amount_check;
alter table ledger_entries add constraint ledger_entries_amount_check check (amount <> 0 or coalesce(taxable_amount, 0) <> 0);
