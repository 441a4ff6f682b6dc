-- Evidence is pre-filled from the charge; whether somebody has given any is told apart from that.
alter table disputes add column has_evidence boolean not null default false;
update disputes set has_evidence = evidence <> '{}'::jsonb;

-- What the seller has reported of a charge: safe or fraudulent.
alter table charges add column user_report text check (user_report in ('safe', 'fraudulent'));
