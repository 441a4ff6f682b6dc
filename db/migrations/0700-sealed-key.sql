alter table instance rename column secret to key;
-- Names the DUNLIN_SECRET that opens the key. Null: it is not sealed.
alter table instance add column sealed_with text;
