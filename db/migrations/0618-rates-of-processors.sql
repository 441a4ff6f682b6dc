-- Null: nobody has set a rate of its own, so the one of `all` counts, or 20.
alter table processor_states alter column per_second drop not null;
alter table processor_states alter column per_second drop default;
update processor_states set per_second = null where per_second = 20;
