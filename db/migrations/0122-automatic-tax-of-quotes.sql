-- Whether a quote's amounts have automatic tax, and whether it could be calculated.
alter table quotes add column automatic_tax jsonb not null default '{"enabled": false, "status": null}';
