import type { Resource } from './resource';

/** One line of an invoice, as far as both systems must agree about it. Signed minor units. */
export interface ComparedLine {
  /** The item of the subscription, which has the same id in both; null: a line without one. */
  item: string | null;
  price: string | null;
  quantity: number | null;
  amount: number;
  /** What discounts take off, positive. */
  discount: number;
  tax: number;
  proration: boolean;
  periodStart: number;
  periodEnd: number;
}

export interface ComparedInvoice {
  /** Of the source: its invoice. Null: Dunlin's, which does not exist. */
  id: string | null;
  subtotal: number;
  discount: number;
  /** What credit grants pay, before tax. */
  credit: number;
  tax: number;
  total: number;
  lines: ComparedLine[];
}

/** `rounding`: not more than one minor unit for each line. `begun_there`: the other system bills what began there while the customer was cut over. */
export const SHADOW_DIFFERENCES = [
  'begun_there',
  'missing_there',
  'missing_here',
  'quantity',
  'amount',
  'discount',
  'credit',
  'tax',
  'period',
  'proration',
  'rounding',
] as const;
export type ShadowDifferenceKind = (typeof SHADOW_DIFFERENCES)[number];

export interface ShadowDifference {
  kind: ShadowDifferenceKind;
  /** Which line: the item of the subscription, or the price; the schedule that has begun there. Null: the invoice as a whole. */
  line: string | null;
  ours: number | null;
  theirs: number | null;
}

export const SHADOW_STATUSES = ['waiting', 'equal', 'different', 'accepted'] as const;
export type ShadowStatus = (typeof SHADOW_STATUSES)[number];

/** An invoice that Dunlin would have made for a customer whom the source bills, and how it compares with the source's. */
export interface ShadowInvoice extends Resource {
  customer: string;
  subscription: string;
  currency: string;
  /** The instant of the cycle; unique per subscription. */
  cycleAt: number;
  ours: ComparedInvoice | null;
  theirs: ComparedInvoice | null;
  status: ShadowStatus;
  differences: ShadowDifference[];
  /** When the source is asked for its invoice next. Real time, epoch seconds. */
  checkAt: number;
}
