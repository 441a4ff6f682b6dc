-- `setup`: made by an owner or the operator. `reset`: asked for by whoever knows the address, and mailed to it.
alter table user_links add column purpose text not null default 'setup' check (purpose in ('reset', 'setup'));
