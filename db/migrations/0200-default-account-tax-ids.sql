-- The account's own tax ids that an invoice gets when it becomes final, if it has none.
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,invoices,default_account_tax_ids}', 'null'), '{test,invoices,default_account_tax_ids}', 'null');
