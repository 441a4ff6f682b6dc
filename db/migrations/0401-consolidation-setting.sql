-- Whether the renewals of a day are one invoice, for customers who have not chosen.
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,invoices,consolidation}', '"none"'),
  '{test,invoices,consolidation}', '"none"');
