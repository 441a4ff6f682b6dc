-- A step of an entity's own may be refused for good: the rows do not allow it, and no caller hears the refusal.
alter table held drop constraint held_reason_check;
alter table held add constraint held_reason_check check (reason in ('failed', 'stuck', 'repeating', 'refused'));
