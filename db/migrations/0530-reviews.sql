-- Payments on which a person decides, and warnings of banks. A charge has at most one open review.
create table reviews (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  charge text not null references charges,
  payment_intent text not null,
  billing_zip text,
  open boolean not null,
  opened_reason text not null,
  closed_reason text,
  closed_at bigint,
  owner text,
  decide_by bigint,
  default_decision text not null,
  missed_at bigint
);
create index reviews_list on reviews (account, livemode, created desc, seq desc) where open;
create index reviews_closed on reviews (account, livemode, created desc, seq desc);
create index reviews_charge on reviews (charge);
create unique index reviews_open on reviews (charge) where open;
create index reviews_customer on reviews (customer);
select keep_owner('reviews');

create table early_fraud_warnings (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  charge text not null references charges,
  payment_intent text not null,
  fraud_type text not null,
  actionable boolean not null
);
create index early_fraud_warnings_list on early_fraud_warnings (account, livemode, created desc, seq desc);
create index early_fraud_warnings_charge on early_fraud_warnings (charge);
create index early_fraud_warnings_intent on early_fraud_warnings (payment_intent);
create index early_fraud_warnings_customer on early_fraud_warnings (customer);
select keep_owner('early_fraud_warnings');

alter table charges add column review text;
alter table payment_intents add column review text;

-- Who decides, how soon, and what happens if nobody does.
update accounts set settings = (
  select jsonb_object_agg(mode, jsonb_set(of, '{fraud,reviews}',
    '{"decide_within_hours": 72, "default_decision": "none", "escalate_to": null, "owner": null}'))
  from jsonb_each(settings) as each (mode, of));
