/** A word by which customers redeem a coupon, for whom and under which conditions. Stripe's `promotion_code`. */
import type { Coupon } from './discount';
import { isRedeemable, isSpent } from './redemption';
import type { Metadata, Resource } from './resource';

export interface PromotionCode extends Resource {
  code: string;
  /** What was asked for; whether it can be redeemed is `isActive`. */
  active: boolean;
  /** The coupon's key. */
  coupon: string;
  /** Who alone can redeem it; null for anybody. */
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

/** Whether it can still be redeemed: a code is worth no more than its coupon. It is gone with the second of `expires_at`. */
export function isActive(code: PromotionCode, coupon: Coupon, now: number): boolean {
  const isOver = code.expiresAt !== null && now >= code.expiresAt;
  return code.active && !isOver && !isSpent(code) && isRedeemable(coupon, now);
}

/** What a purchase must come to, by currency; empty where there is no minimum. */
export function minimumsOf(restrictions: PromotionCodeRestrictions): Record<string, { minimum_amount: number }> {
  const { minimum_amount, minimum_amount_currency: currency, currency_options } = restrictions;
  return minimum_amount === null || currency === null ? currency_options : { [currency]: { minimum_amount }, ...currency_options };
}
