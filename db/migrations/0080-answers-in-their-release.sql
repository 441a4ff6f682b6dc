-- The release of the API in whose shape an answer is kept: whoever repeats the request gets the same body, whatever release they name.
alter table requests add column api_version text;
