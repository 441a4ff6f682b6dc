-- How often a subscription's pending invoice items are billed by themselves: {interval, interval_count, anchor, next}. Null: with its next invoice.
alter table subscriptions add column pending_item_billing jsonb;
