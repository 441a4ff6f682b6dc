-- Who calculates the automatic tax of an invoice, a quote or a checkout session: dunlin, the built-in engine, or a remote provider. Null without
-- automatic tax. A final invoice keeps the provider that has calculated its tax, whatever the account chooses later.
alter table invoices alter column automatic_tax set default '{"enabled": false, "status": null, "disabled_reason": null, "provider": null}';
alter table quotes alter column automatic_tax set default '{"enabled": false, "status": null, "provider": null}';
alter table checkout_sessions add column tax_provider text;

update invoices i set automatic_tax = i.automatic_tax || jsonb_build_object('provider', case when (i.automatic_tax ->> 'enabled')::boolean then coalesce(
  (select c.provider from tax_calculations c where c.invoice = i.id and c.provider <> 'rates'),
  (select a.settings #>> array[case when i.livemode then 'live' else 'test' end, 'tax', 'provider'] from accounts a where a.id = i.account)) end);
update quotes q set automatic_tax = q.automatic_tax || jsonb_build_object('provider', case when (q.automatic_tax ->> 'enabled')::boolean then
  (select a.settings #>> array[case when q.livemode then 'live' else 'test' end, 'tax', 'provider'] from accounts a where a.id = q.account) end);
update checkout_sessions s set tax_provider =
  (select a.settings #>> array[case when s.livemode then 'live' else 'test' end, 'tax', 'provider'] from accounts a where a.id = s.account)
  where (s.settings ->> 'automatic_tax')::boolean;
