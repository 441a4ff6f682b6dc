-- The sites that may show a checkout in a frame.
update accounts set settings = jsonb_set(
  jsonb_set(settings, '{live,embedding}', '{"allowed_origins": []}'),
  '{test,embedding}', '{"allowed_origins": []}');
