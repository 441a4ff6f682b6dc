-- The id of a deleted coupon may be used again: of the coupons with one id, at most one is not deleted. Each keeps its key, which discounts
-- and promotion codes reference.
create unique index coupons_living on coupons (account, livemode, id) where not deleted;
create index coupons_id on coupons (account, livemode, id, seq desc);
