-- When a person decided to carry a request out, and when its deadline passed with nobody having answered. Epoch seconds.
alter table customer_requests add column accepted_at bigint;
alter table customer_requests add column missed_at bigint;
