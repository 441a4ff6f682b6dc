-- When a card may be charged again, and whose clock and paydays count.
alter table dunnings add column not_before bigint;
alter table dunnings add column country text;
update dunnings d set country = (select address ->> 'country' from customers c where c.id = d.customer);
update dunnings d set program = jsonb_set(program, '{steps}', (
  select coalesce(jsonb_agg(case when step ->> 'type' = 'retry' then step || '{"hours": null, "paydays": null}' else step end order by place), '[]')
  from jsonb_array_elements(program -> 'steps') with ordinality as each (step, place)));
