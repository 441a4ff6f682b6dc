import type { Metadata, Resource } from './resource';

/** `key` is the row's identity across accounts (`<account>/<live|test>/<id>`); `id` may be the caller's own word. */
export interface Coupon extends Resource {
  key: string;
  deleted: boolean;
  name: string | null;
  percentOff: string | null;
  amountOff: number | null;
  currency: string | null;
  /** What it takes off in other currencies than its own. */
  currencyOptions: Record<string, { amount_off: number }>;
  duration: 'once' | 'repeating' | 'forever';
  durationInMonths: number | null;
  maxRedemptions: number | null;
  redeemBy: number | null;
  timesRedeemed: number;
  appliesTo: { products: string[] } | null;
  metadata: Metadata;
}

/** A coupon at work on a customer, a subscription, an item or an invoice. `coupon` is the coupon's key. */
export interface Discount extends Resource {
  deleted: boolean;
  coupon: string;
  /** The code by which it was redeemed. */
  promotionCode: string | null;
  customer: string | null;
  subscription: string | null;
  subscriptionItem: string | null;
  invoice: string | null;
  invoiceItem: string | null;
  startsAt: number;
  endsAt: number | null;
}
