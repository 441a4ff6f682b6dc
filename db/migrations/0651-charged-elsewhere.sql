-- Time of the items that another billing system has charged: [{"item": …, "amount": …, "net": …, "start": …, "end": …}].
alter table subscriptions add column billed_elsewhere jsonb not null default '[]';
