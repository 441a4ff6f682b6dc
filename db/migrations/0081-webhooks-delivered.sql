-- When every endpoint had received the invoice's `invoice.created`: at once if none listened for it. In the time of the invoice, which is
-- virtual on a test clock. No commit writes the column, because deliveries end at any time: a new row takes its value from the trigger,
-- and the last delivery sets it later. The trigger asks for the same endpoints as the commit's deliveries (db/write.ts).
alter table invoices add column webhooks_delivered_at bigint;

create function invoice_webhooks_delivered() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from webhook_endpoints e where e.account = new.account and e.livemode = new.livemode and not e.deleted and e.status = 'enabled'
      and e.enabled_events && array['invoice.created', '*']
  ) then
    new.webhooks_delivered_at := new.created;
  end if;
  return new;
end $$;
create trigger webhooks_delivered before insert on invoices for each row execute function invoice_webhooks_delivered();

-- Of the invoices that are there already, those whose event waits for an endpoint stay null.
update invoices i set webhooks_delivered_at = i.created
where not exists (
  select 1 from deliveries d join events v on v.id = d.event and v.recorded = d.recorded
  where v.type = 'invoice.created' and v.object_id = i.id and d.status <> 'delivered');
