-- Whether strong authentication is asked for where the law does, and up to which amount a low risk is exempted.
update accounts set settings = (
  select jsonb_object_agg(mode, jsonb_set(of, '{fraud,strong_authentication}', '{"apply": false, "low_risk_up_to": 0}'))
  from jsonb_each(settings) as each (mode, of));
