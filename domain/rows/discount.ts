import type { Metadata, Resource } from './resource';

/**
 * `key` identifies the row for ever. The caller may choose `id`, which another account or mode may use too, and another coupon once this one is
 * deleted.
 */
export interface Coupon extends Resource {
  key: string;
  deleted: boolean;
  name: string | null;
  percentOff: string | null;
  amountOff: number | null;
  currency: string | null;
  /** The amount off in currencies other than its own. */
  currencyOptions: Record<string, { amount_off: number }>;
  duration: 'once' | 'repeating' | 'forever';
  durationInMonths: number | null;
  maxRedemptions: number | null;
  redeemBy: number | null;
  timesRedeemed: number;
  appliesTo: { products: string[] } | null;
  metadata: Metadata;
}

/** A coupon applied to a customer, a subscription, an item or an invoice. `coupon` is the coupon's key. */
export interface Discount extends Resource {
  deleted: boolean;
  coupon: string;
  /** The promotion code with which it was redeemed. */
  promotionCode: string | null;
  customer: string | null;
  subscription: string | null;
  subscriptionItem: string | null;
  invoice: string | null;
  invoiceItem: string | null;
  startsAt: number;
  endsAt: number | null;
}
