/** Objects with a limited number of redemptions and a last date: coupons, and their promotion codes. */
import type { Coupon } from './discount';

export function isSpent({ maxRedemptions, timesRedeemed }: { maxRedemptions: number | null; timesRedeemed: number }): boolean {
  return maxRedemptions !== null && timesRedeemed >= maxRedemptions;
}

/** Whether it can still be redeemed; `redeem_by` is the last such second. */
export function isRedeemable(coupon: Coupon, now: number): boolean {
  const isLapsed = coupon.redeemBy !== null && now > coupon.redeemBy;
  return !coupon.deleted && !isLapsed && !isSpent(coupon);
}
