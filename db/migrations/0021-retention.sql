-- By what old rows are found: db/retention.ts says which, and for how long they are kept.

-- A request that has been answered is kept from then on; one that has not may still be carried out.
alter table requests add column finished_at timestamptz;
update requests set finished_at = to_timestamp(created) where status is not null;
drop index requests_created;
create index requests_finished on requests (finished_at) where finished_at is not null;
create index requests_unfinished on requests (created) where finished_at is null;

-- Real time, which `at` is not on a test clock.
alter table commits add column recorded timestamptz not null default now();
create index commits_recorded on commits (recorded);
-- A workflow's commits are few enough to be sorted; the primary key finds them.
drop index commits_timeline;

-- A workflow's row is last moved when it ends.
create index workflows_ended on workflows (moved_at) where ended_at is not null;

create index sandbox_operations_created on sandbox_operations (created);
