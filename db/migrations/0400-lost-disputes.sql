-- What lost disputes take back of an invoice, and whether the seller still owes its tax.
update accounts set settings = jsonb_set(jsonb_set(settings, '{live,disputes,tax_when_lost}', '"payable"'),
  '{test,disputes,tax_when_lost}', '"payable"');
alter table disputes add column keeps_tax boolean;
update disputes set keeps_tax = true where status = 'lost';
alter table credit_notes add column dispute_amount bigint not null default 0;
update invoices set refund_parts = (
  select jsonb_agg('{"cause": "refund", "keepsTax": false}'::jsonb || part) from jsonb_array_elements(refund_parts) part
) where refund_parts <> '[]';
