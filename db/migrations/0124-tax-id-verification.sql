-- Whether a registry confirms a customer's tax id. Nobody was asked about those that exist.
alter table tax_ids
  add column verification text check (verification in ('pending', 'verified', 'unverified', 'unavailable')),
  add column registry text,
  add column checking_since bigint,
  add column next_check_at bigint,
  add column checked_at bigint,
  add column registry_reference text,
  add column verified_name text,
  add column verified_address text;
update tax_ids set verification = 'unavailable' where customer is not null;
