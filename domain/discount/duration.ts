/**
 * How long a discount lasts: one invoice, a number of months after its redemption, or forever. Three months from 15 January end on 15
 * April, and an invoice of that instant no longer has it.
 */
import { addMonths } from '../money/billing-period';
import type { Coupon, Discount } from '../rows/discount';

/**
 * When a discount that starts at `startsAt` ends; null for `once` (which its use ends) and `forever`. Months are clamped. Epoch seconds.
 */
export function discountEnd(coupon: Pick<Coupon, 'duration' | 'durationInMonths'>, startsAt: number): number | null {
  if (coupon.duration !== 'repeating') return null;
  return addMonths(startsAt, coupon.durationInMonths ?? 0);
}

/**
 * Whether a discount reduces an invoice of `at`. If its coupon was deleted or has no redemptions left, existing discounts stay in force
 * (Stripe). `alreadyUsed`: an earlier invoice has used it, which ends a `once` coupon.
 */
export function discountApplies(
  discount: Pick<Discount, 'deleted' | 'startsAt' | 'endsAt'>,
  coupon: Pick<Coupon, 'duration'>,
  at: number,
  alreadyUsed: boolean,
): boolean {
  if (discount.deleted || at < discount.startsAt) return false;
  if (discount.endsAt !== null && at >= discount.endsAt) return false;
  return coupon.duration !== 'once' || !alreadyUsed;
}
