-- A balance for each currency that a customer is billed in; plans can be deleted.
alter table customers add column other_balances jsonb not null default '{}';
alter table prices add column deleted boolean not null default false;
