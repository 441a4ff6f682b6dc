-- A rule may only record where it matches.
alter table radar_rules add column shadow boolean not null default false;
-- Decisions and charges of a span of time, for reports and tests of rules.
create index payment_attempts_scope on payment_attempts (account, livemode, created desc) where kind = 'payment';
