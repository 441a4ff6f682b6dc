-- The end of the period whose renewal was announced. Accounts announce no renewals until they set it.
alter table subscriptions add column renewal_announced_for bigint;
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,invoices,days_before_renewal}', 'null'),
  '{test,invoices,days_before_renewal}', 'null');
