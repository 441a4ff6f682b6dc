import type { FactStatement } from './statement';

interface Keys {
  account: string;
  livemode: boolean;
  discounts: string[];
  promotionCodes: string[];
  coupons: string[];
}

/** Discounts and promotion codes with their coupons; `coupons` are the ids of additional coupons: each means what it means now. */
export const discountFacts: FactStatement<Keys> = {
  text: `
    with disc as (select * from discounts where id = any($1::text[])),
    code as (select * from promotion_codes where id = any($2::text[]))
    select json_build_object(
      'discount', (select json_agg(t order by t.seq) from disc t),
      'promotionCode', (select json_agg(t order by t.seq) from code t),
      'coupon', (select json_agg(t) from coupons t
        where t.key = any(array(select coupon from disc union all select coupon from code union all (
          select distinct on (c.id) c.key from coupons c where c.account = $4::text and c.livemode = $5::boolean and c.id = any($3::text[])
          order by c.id, c.deleted, c.seq desc))))
    ) as facts`,
  values: ({ account, livemode, discounts, promotionCodes, coupons }) => [discounts, promotionCodes, coupons, account, livemode],
};
