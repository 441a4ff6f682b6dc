-- The customer's balances and what was left of each credit grant when Dunlin began to bill: a changed one has no way back.
alter table cutovers add column money_at_switch jsonb;
