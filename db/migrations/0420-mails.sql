-- Mails to customers: one row for each, written in the commit that causes it. Those that wait for the mail server have a time for their next try.
create table mails (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  kind text not null,
  customer text references customers,
  test_clock text references test_clocks,
  recipient text not null,
  locales jsonb not null,
  about text not null,
  facts jsonb not null,
  status text not null check (status in ('bounced', 'failed', 'kept', 'pending', 'sent', 'suppressed')),
  problem text,
  tries integer not null,
  next_try_at bigint,
  sent_at bigint,
  content jsonb,
  recorded timestamptz not null default now(),
  check ((status = 'pending') = (next_try_at is not null))
);
create index mails_list on mails (account, livemode, created desc, seq desc);
create index mails_of_customer on mails (customer, created desc, seq desc);
create index mails_due on mails (account, livemode, next_try_at) where status = 'pending';
create index mails_age on mails (recorded);
select keep_owner('mails');

create table mail_suppressions (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  deleted boolean not null,
  email text not null,
  reason text not null check (reason in ('bounce', 'complaint', 'manual')),
  mail text
);
create index mail_suppressions_list on mail_suppressions (account, livemode, created desc, seq desc);
create unique index mail_suppressions_address on mail_suppressions (account, livemode, lower(email)) where not deleted;
select keep_owner('mail_suppressions');

-- Nothing is sent until the seller says so.
update accounts set settings = jsonb_set(jsonb_set(settings,
  '{live,mail}', '{"delivery": "mailbox", "from": null, "reply_to": null, "footer": null, "off": []}'),
  '{test,mail}', '{"delivery": "mailbox", "from": null, "reply_to": null, "footer": null, "off": []}');

-- Of which charge to come the customer was told by mail: when that notice was due.
alter table subscriptions add column notice_given_for bigint;
