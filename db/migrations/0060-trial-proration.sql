-- Whether the time from a trial's end to the billing cycle's anchor is free, as proration_behavior=none asked for at the creation.
alter table subscriptions add column free_until_anchor boolean not null default false;
