-- The idempotency key of a commit has one name everywhere: commit_key.
alter table commits rename column cause to commit_key;
alter table events rename column cause to commit_key;
alter table held rename column cause to commit_key;
alter table invoices rename column cause to commit_key;
alter table ledger_transactions rename column cause to commit_key;

create or replace function add_event_guards(partition text) returns void language plpgsql as $$
begin
  execute format('create unique index on %I (id)', partition);
  execute format('create unique index on %I ((md5(object_id || '' '' || type || '' '' || workflow || '' '' || commit_key)::uuid))', partition);
end $$;

-- The call to the processor that a refund or dispute waits for.
alter table refunds rename column outside to pending_call;
alter table disputes rename column outside to pending_call;
