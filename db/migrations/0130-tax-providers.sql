-- Who calculates automatic tax: the built-in engine, as before.
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,tax}', '{"provider": "dunlin", "when_unavailable": "wait", "wait_seconds": 259200}'),
  '{test,tax}', '{"provider": "dunlin", "when_unavailable": "wait", "wait_seconds": 259200}');

-- The ids under which a provider keeps its calculation of an invoice's tax.
alter table tax_calculations add column provider_calculations jsonb not null default '[]';

-- When the provider was first unavailable for a draft.
alter table invoices add column tax_awaited_since bigint;
