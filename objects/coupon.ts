import type { Coupon } from '../domain/rows/discount';
import { isRedeemable } from '../domain/rows/redemption';
import type { WireCoupon } from './shapes/coupon';
import type { RenderContext } from './wire';

/** Stripe's coupon, valid while it can still be redeemed. `applies_to` is shown only when expanded. */
export function toStripeCoupon(coupon: Coupon, { now }: RenderContext): WireCoupon {
  return {
    id: coupon.id,
    object: 'coupon',
    amount_off: coupon.amountOff,
    created: coupon.created,
    currency: coupon.currency,
    duration: coupon.duration,
    duration_in_months: coupon.durationInMonths,
    livemode: coupon.livemode,
    max_redemptions: coupon.maxRedemptions,
    metadata: coupon.metadata,
    name: coupon.name,
    percent_off: coupon.percentOff === null ? null : Number(coupon.percentOff),
    redeem_by: coupon.redeemBy,
    times_redeemed: coupon.timesRedeemed,
    valid: isRedeemable(coupon, now),
  };
}

/** The API's id of a coupon, from its row's key: `<account>/<mode>/<id>`. The id itself may contain slashes. */
export function couponId(key: string): string {
  return key.split('/').slice(2).join('/');
}
