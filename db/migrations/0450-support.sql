-- Questions of customers, and until when they are answered.
create table support_tickets (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  customer text references customers,
  email text,
  subject text not null,
  route text not null,
  source text not null,
  invoice text,
  owner text,
  status text not null,
  answer_by bigint,
  missed_at bigint,
  first_answer_by bigint not null,
  first_answered_at bigint,
  closed_at bigint,
  metadata jsonb not null default '{}'
);
create index support_tickets_list on support_tickets (account, livemode, created desc, seq desc);
create index support_tickets_customer on support_tickets (customer, created desc, seq desc);
select keep_owner('support_tickets');

create table support_messages (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  ticket text not null references support_tickets,
  author text not null,
  name text,
  message text not null,
  mail_id text
);
create index support_messages_ticket on support_messages (ticket, created desc, seq desc);
-- The same mail, delivered twice at once, is one message.
create unique index support_messages_mail on support_messages (account, livemode, mail_id);
select keep_owner('support_messages');

-- Who answers what and how soon, and who is responsible for what.
update accounts set settings = (
  select jsonb_object_agg(mode, of || '{
    "support": {"routes": {
      "billing": {"answer_within_hours": 24, "owner": null, "escalate_to": null,
        "words": ["billing", "charge", "charged", "card", "invoice", "payment", "price", "receipt", "refund", "tax", "vat"]},
      "licence": {"answer_within_hours": 24, "owner": null, "escalate_to": null,
        "words": ["activate", "activation", "key", "licence", "license", "seat", "seats", "serial"]},
      "product": {"answer_within_hours": 48, "owner": null, "escalate_to": null, "words": []}}},
    "responsibilities": {"merchant_of_record": null, "processor": null, "tasks": {
      "chargebacks": "seller", "invoices": "seller", "payments": "processor", "personal_data": "seller", "refunds": "seller",
      "sale": "seller", "support": "seller", "tax": "seller"}}
  }'::jsonb) from jsonb_each(settings) as each (mode, of));
