-- Up to which amount agents act without a person, and who approves the others.
update accounts set settings = (
  select jsonb_object_agg(mode, jsonb_set(of, '{agents}', '{"limits": [], "owner": null, "answer_within_hours": 24}'))
  from jsonb_each(settings) as each (mode, of));
