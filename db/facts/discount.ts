import type { FactStatement } from './statement';

/** Discounts and promotion codes with their coupons; `coupons` are keys of additional coupons. */
export const discountFacts: FactStatement<{ discounts: string[]; promotionCodes: string[]; coupons: string[] }> = {
  text: `
    with disc as (select * from discounts where id = any($1::text[])),
    code as (select * from promotion_codes where id = any($2::text[]))
    select json_build_object(
      'discount', (select json_agg(t order by t.seq) from disc t),
      'promotionCode', (select json_agg(t order by t.seq) from code t),
      'coupon', (select json_agg(t) from coupons t
        where t.key = any($3::text[] || array(select coupon from disc union all select coupon from code)))
    ) as facts`,
  values: ({ discounts, promotionCodes, coupons }) => [discounts, promotionCodes, coupons],
};
