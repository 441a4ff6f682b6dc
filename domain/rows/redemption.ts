/** What can be redeemed so many times, until some day: coupons, and the codes for them. */
import type { Coupon } from './discount';

export function isSpent({ maxRedemptions, timesRedeemed }: { maxRedemptions: number | null; timesRedeemed: number }): boolean {
  return maxRedemptions !== null && timesRedeemed >= maxRedemptions;
}

/** Whether somebody can still redeem it; `redeem_by` is the last second of that. */
export function isRedeemable(coupon: Coupon, now: number): boolean {
  const isLapsed = coupon.redeemBy !== null && now > coupon.redeemBy;
  return !coupon.deleted && !isLapsed && !isSpent(coupon);
}
