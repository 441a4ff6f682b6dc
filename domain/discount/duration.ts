/**
 * How long a coupon works for who has it: on one invoice, for a number of months from when it was given, or forever. Three months
 * from 15 January end on 15 April, and the invoice of that instant is already without it.
 */
import { addMonths } from '../money/billing-period';
import type { Coupon, Discount } from '../rows/discount';

/** When a discount that starts at `startsAt` ends: null for `once` (ended by its use) and `forever`. Months are clamped. */
export function discountEnd(coupon: Pick<Coupon, 'duration' | 'durationInMonths'>, startsAt: number): number | null {
  if (coupon.duration !== 'repeating') return null;
  return addMonths(startsAt, coupon.durationInMonths ?? 0);
}

/**
 * Whether a discount reduces an invoice of `at`. A coupon that was deleted or has run out of redemptions works on for who has it
 * (Stripe). `alreadyUsed`: an earlier invoice has taken it, which ends a coupon for one invoice.
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
