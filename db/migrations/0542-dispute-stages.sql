-- What the account's settings have done to a subscription, for each dispute of its invoices.
alter table subscriptions add column dispute_stages jsonb not null default '{}';
update subscriptions set dispute_stages = jsonb_build_object(disputed_by, jsonb_build_object('stage', 'opened', 'did', 'none'))
where disputed_by is not null;
alter table subscriptions drop column disputed_by;
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,disputes}', settings #> '{live,disputes}'
    || '{"block_payer": "never", "subscription_when_lost": "none", "subscription_when_won": "none", "warn_count": null, "warn_percent": null}'),
  '{test,disputes}', settings #> '{test,disputes}'
    || '{"block_payer": "never", "subscription_when_lost": "none", "subscription_when_won": "none", "warn_count": null, "warn_percent": null}')
  where settings #> '{live,disputes}' is not null;

-- What a network does not count any more, and which warnings of rates a dispute has caused.
alter table disputes add column clears_fraud boolean not null default false;
alter table disputes add column rate_warnings text[] not null default '{}';
create index disputes_month on disputes (account, livemode, created);
create index charges_month on charges (account, livemode, created) where status = 'succeeded' and captured;
