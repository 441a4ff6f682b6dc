-- Imported before its start: the other system begins its subscription.
alter table subscription_schedules add column starts_elsewhere boolean not null default false;
