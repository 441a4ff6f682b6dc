-- Since when the row stays only as proof about a person who is erased. Null: nobody has asked for an erasure.
alter table mandates add column erased_at timestamptz;
alter table disputes add column erased_at timestamptz;
alter table customer_requests add column erased_at timestamptz;
create index mandates_erased on mandates (erased_at) where erased_at is not null;
create index disputes_erased on disputes (erased_at) where erased_at is not null;
create index customer_requests_erased on customer_requests (erased_at) where erased_at is not null;
create index mandates_customer on mandates (customer);
-- Guests have no key to destroy: what events say of them is emptied.
create index events_of_guests on events (object_id) where customer is null;
-- What was taken off a list is removed.
create index value_list_items_gone on value_list_items (id) where deleted;
