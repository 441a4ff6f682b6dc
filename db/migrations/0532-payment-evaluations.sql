-- Payments that another processor makes, with their risk before and what came of them.
create table payment_evaluations (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  payment_method text not null,
  details jsonb not null,
  recommended_action text not null,
  risk jsonb not null,
  outcome jsonb,
  metadata jsonb not null default '{}'
);
create index payment_evaluations_customer on payment_evaluations (customer);
create index payment_evaluations_created on payment_evaluations (created);
select keep_owner('payment_evaluations');
