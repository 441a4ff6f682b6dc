-- A key of an agent works at /mcp alone, where the limits of agents hold.
alter table api_keys add column agent boolean not null default false;
