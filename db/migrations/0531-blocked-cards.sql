-- The cards that an account's settings blocked are on its block list.
insert into value_list_items (id, account, livemode, created, value_list, value, compared, created_by)
select 'rsli_' || substr(md5(l.id || card), 1, 24), l.account, l.livemode, extract(epoch from now())::bigint, l.id, card, card, 'dunlin'
from accounts a cross join lateral jsonb_each(a.settings) as each (mode, of)
cross join lateral jsonb_array_elements_text(of -> 'fraud' -> 'blocked_card_fingerprints') as card
join value_lists l on l.account = a.id and l.livemode = (mode = 'live') and l.alias = 'card_fingerprint_blocklist'
on conflict do nothing;
update accounts set settings = (
  select jsonb_object_agg(mode, of #- '{fraud,blocked_card_fingerprints}') from jsonb_each(settings) as each (mode, of));
