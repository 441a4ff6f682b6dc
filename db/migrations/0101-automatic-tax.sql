-- Whether tax is calculated from places and registrations, instead of by the rates that the seller names.
alter table subscriptions add column automatic_tax jsonb not null default '{"enabled": false, "disabled_reason": null}';
alter table invoices add column automatic_tax jsonb not null default '{"enabled": false, "status": null, "disabled_reason": null}';

-- Rates that automatic tax has made: an account has one for each place, kind, percentage and behavior.
alter table tax_rates add column is_automatic boolean not null default false;
create index tax_rates_automatic on tax_rates (account, livemode) where is_automatic;
