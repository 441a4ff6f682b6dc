-- Existing accounts keep what they had: a renewal's draft stays open for an hour.
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,invoices,drafts}', '"one_hour"'), '{test,invoices,drafts}', '"one_hour"');
