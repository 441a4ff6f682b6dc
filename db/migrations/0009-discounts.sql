-- Amounts off in other currencies, and codes by which customers redeem a coupon.
alter table coupons add column currency_options jsonb not null default '{}';

create table promotion_codes (
  id text primary key,
  account text not null references accounts,
  livemode boolean not null,
  created bigint not null,
  seq bigint generated always as identity,
  code text not null,
  active boolean not null,
  coupon text not null references coupons,
  customer text references customers,
  expires_at bigint,
  max_redemptions integer,
  times_redeemed integer not null default 0,
  restrictions jsonb not null,
  metadata jsonb not null default '{}',
  check (times_redeemed >= 0 and (max_redemptions is null or times_redeemed <= max_redemptions))
);
create index promotion_codes_list on promotion_codes (account, livemode, created desc, seq desc);
create index promotion_codes_coupon on promotion_codes (coupon);
-- One that can be redeemed per word and customer; that anybody's and a customer's own do not meet is the planner's to see.
create unique index promotion_codes_code on promotion_codes (account, livemode, lower(code), coalesce(customer, '')) where active;

alter table discounts add column promotion_code text references promotion_codes;
