-- What a recovery began with, and what has paid the invoice in the end: reports count by it.
alter table dunnings add column amount bigint;
alter table dunnings add column paid_before bigint not null default 0;
alter table dunnings add column credited_before bigint not null default 0;
alter table dunnings add column first_decline_code text;
alter table dunnings add column tried_step integer;
alter table dunnings add column recovered_by text;
alter table dunnings add column recovered_step integer;
update dunnings d set first_decline_code = decline_code, amount = i.amount_due from invoices i where i.id = d.invoice;
alter table dunnings alter column amount set not null;
alter table dunnings alter column paid_before drop default;
alter table dunnings alter column credited_before drop default;
