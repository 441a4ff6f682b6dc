-- The key with which a customer's name, addresses and the like are sealed in events. Erasing the customer removes it.
create table customer_keys (
  customer text primary key,
  account text not null,
  livemode boolean not null,
  key bytea not null
);
select keep_owner('customer_keys');

-- Core functions only: two random UUIDs have 244 random bits.
insert into customer_keys (customer, account, livemode, key)
select id, account, livemode, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
from customers where not deleted;

-- The customer that an event is about, and what names it, sealed with its key. Earlier events have neither.
alter table events add column customer text, add column person bytea;
