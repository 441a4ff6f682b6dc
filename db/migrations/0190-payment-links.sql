-- Addresses at which each visitor gets a checkout of their own.
create table payment_links (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  active boolean not null,
  url text not null,
  mode text not null,
  currency text not null,
  line_items jsonb not null,
  settings jsonb not null,
  inactive_message text,
  sessions_limit integer,
  completed_sessions integer not null default 0,
  metadata jsonb not null default '{}'
);
create index payment_links_list on payment_links (account, livemode, created desc, seq desc);
select keep_owner('payment_links');
create index checkout_sessions_payment_link on checkout_sessions (payment_link);

-- Sessions of one link complete at the same time, each in a commit of its own.
create function count_completed_session() returns trigger language plpgsql as $$
begin
  update payment_links set completed_sessions = completed_sessions + 1 where id = new.payment_link;
  return null;
end $$;
create trigger count_completed_session after update on checkout_sessions
  for each row when (new.payment_link is not null and new.status = 'complete' and old.status <> 'complete')
  execute function count_completed_session();
