-- The fee for countering a dispute, and the programs that resolve disputes before they count.
alter table disputes add column counter_fee bigint not null default 0;
alter table disputes add column case_type text;
update disputes set case_type = case when status like 'warning_%' then 'inquiry' when reason = 'noncompliant' then 'compliance' else 'chargeback' end;
alter table disputes alter column case_type set not null;
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,disputes}', settings #> '{live,disputes}' || '{"counter_fee": false, "prevented_by": []}'),
  '{test,disputes}', settings #> '{test,disputes}' || '{"counter_fee": false, "prevented_by": []}')
  where settings #> '{live,disputes}' is not null;
update disputes set is_charge_refundable = true where status = 'won';
