import { isActive, type PromotionCode } from '../domain/rows/promotion-code';
import type { Rows } from '../domain/rows/rows';
import { couponId } from './coupon';
import type { WirePromotionCode } from './shapes/promotion-code';
import type { RenderContext } from './wire';

/** Stripe's promotion code, active while it can be redeemed. Minimums in other currencies are shown only when expanded. */
export function toStripePromotionCode(code: PromotionCode, rows: Rows, { now }: RenderContext): WirePromotionCode {
  const { first_time_transaction, minimum_amount, minimum_amount_currency } = code.restrictions;
  return {
    id: code.id,
    object: 'promotion_code',
    active: isActive(code, rows.get('coupon', code.coupon), now),
    code: code.code,
    created: code.created,
    customer: code.customer,
    customer_account: null,
    expires_at: code.expiresAt,
    livemode: code.livemode,
    max_redemptions: code.maxRedemptions,
    metadata: code.metadata,
    promotion: { coupon: couponId(code.coupon), type: 'coupon' },
    restrictions: { first_time_transaction, minimum_amount, minimum_amount_currency },
    times_redeemed: code.timesRedeemed,
  };
}
