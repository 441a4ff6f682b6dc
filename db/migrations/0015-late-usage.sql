-- How often a span of usage was billed: what tells one late bill of it from the next.
alter table usage_periods add column bills integer not null default 0;
