-- Comparisons of prices and pages, and who sees which arm.
create table experiments (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  name text not null,
  status text not null,
  arms jsonb not null,
  window_days integer not null,
  started_at bigint,
  ended_at bigint,
  promoted_arm text,
  metadata jsonb not null default '{}'
);
create index experiments_list on experiments (account, livemode, created desc, seq desc);
select keep_owner('experiments');

create table experiment_assignments (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  experiment text not null references experiments,
  visitor text,
  customer text,
  arm text not null,
  drawn text,
  counted_with text not null,
  answers jsonb not null default '{}',
  check (visitor is not null or customer is not null)
);
-- Two requests at once cannot show one person two arms.
create unique index experiment_assignments_visitor on experiment_assignments (experiment, visitor);
create unique index experiment_assignments_customer on experiment_assignments (experiment, customer);
create index experiment_assignments_counted_with on experiment_assignments (counted_with);
select keep_owner('experiment_assignments');

alter table payment_links add column experiment text;
create index payment_links_experiment on payment_links (experiment) where experiment is not null;
alter table checkout_sessions add column experiment_assignment text;
create index checkout_sessions_experiment_assignment on checkout_sessions (experiment_assignment) where experiment_assignment is not null;
-- Settings of tables from before there were experiments.
update pricing_tables set settings = settings || '{"experiment": null}';
create index pricing_tables_experiment on pricing_tables ((settings ->> 'experiment'));
