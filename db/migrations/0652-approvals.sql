-- Of an approval: what the call that waits for it needs, refunds:write for example. Who answers must have it, too.
alter table tasks add column needs text;
