/** A word with which customers redeem a coupon, with restrictions on customers and purchases. Stripe's `promotion_code`. */
import type { Coupon } from './discount';
import { isRedeemable, isSpent } from './redemption';
import type { Metadata, Resource } from './resource';

export interface PromotionCode extends Resource {
  code: string;
  /** The flag that the seller set; `isActive` says whether the code can be redeemed. */
  active: boolean;
  /** The coupon's key. */
  coupon: string;
  /** The only customer that can redeem it; null: all customers. */
  customer: string | null;
  expiresAt: number | null;
  maxRedemptions: number | null;
  timesRedeemed: number;
  restrictions: PromotionCodeRestrictions;
  metadata: Metadata;
}

export interface PromotionCodeRestrictions {
  first_time_transaction: boolean;
  minimum_amount: number | null;
  minimum_amount_currency: string | null;
  currency_options: Record<string, { minimum_amount: number }>;
}

/** Whether it can still be redeemed, which requires that its coupon can. It expires with the second of `expires_at`. */
export function isActive(code: PromotionCode, coupon: Coupon, now: number): boolean {
  const isOver = code.expiresAt !== null && now >= code.expiresAt;
  return code.active && !isOver && !isSpent(code) && isRedeemable(coupon, now);
}

/** The minimum amount of a purchase, by currency; empty if there is no minimum. */
export function minimumsOf(restrictions: PromotionCodeRestrictions): Record<string, { minimum_amount: number }> {
  const { minimum_amount, minimum_amount_currency: currency, currency_options } = restrictions;
  return minimum_amount === null || currency === null ? currency_options : { [currency]: { minimum_amount }, ...currency_options };
}
