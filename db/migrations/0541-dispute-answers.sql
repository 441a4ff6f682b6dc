-- Evidence that is drafted when a dispute begins, with its sources; and what happens to it if nobody answers.
alter table disputes add column enhanced_evidence jsonb not null default '{}';
alter table disputes add column drafted_at bigint;
alter table disputes add column sources jsonb not null default '[]';
alter table disputes add column prior_charges text[] not null default '{}';
alter table disputes add column owner text not null default 'billing';
alter table disputes add column when_unanswered text not null default 'wait';
alter table disputes add column answers_at bigint;
update disputes set drafted_at = created;
alter table disputes alter column owner drop default;
alter table disputes alter column when_unanswered drop default;
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,disputes}', settings #> '{live,disputes}' || '{"answer_hours": 24, "owner": "billing", "when_unanswered": "wait"}'),
  '{test,disputes}', settings #> '{test,disputes}' || '{"answer_hours": 24, "owner": "billing", "when_unanswered": "wait"}')
  where settings #> '{live,disputes}' is not null;
