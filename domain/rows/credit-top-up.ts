import type { Metadata, Resource } from './resource';

/** Terms of credit that is sold: the future grant, once it is paid. */
export interface CreditTerms {
  currency: string;
  /** Credit, minor units. A rule buys a multiple of it. */
  amount: number;
  /** The grant's name; the invoice line shows it too. */
  name: string | null;
  priority: number;
  /** The prices whose usage it pays; null: every metered price. */
  prices: string[] | null;
  /** Days of 24 hours after the payment; null: it never expires. */
  expiresAfterDays: number | null;
}

/** A rule that sells a customer prepaid credit whenever too little is left. Dunlin's own. */
export interface CreditTopUp extends Resource, CreditTerms {
  updated: number;
  deleted: boolean;
  customer: string;
  testClock: string | null;
  /** Minor units: if less than this is available, the rule buys credit. */
  threshold: number;
  /** The price of `amount`, minor units before exclusive tax; null: the same as `amount`. */
  unitAmount: number | null;
  /** The most that the purchases of one calendar month (UTC) may cost, minor units before exclusive tax. */
  monthlyLimit: number;
  /** Null: the customer's default. */
  defaultPaymentMethod: string | null;
  defaultTaxRates: string[];
  status: 'active' | 'paused';
  pauseReason: PauseReason | null;
  /** The number of purchases so far, paid or not. It is also the number of the next purchase. */
  purchases: number;
  /** When the month of the last purchase began, and what the purchases of that month cost, without the voided ones. */
  monthStart: number | null;
  monthSpent: number;
  /** The month for which `limit_reached` was sent. */
  heldMonth: number | null;
  /** The invoice of an unpaid purchase. While there is one, the rule buys nothing. */
  pendingInvoice: string | null;
  /** The invoice of the last paid purchase. */
  latestInvoice: string | null;
  latestCreditGrant: string | null;
  metadata: Metadata;
}

export type PauseReason = 'requested' | 'payment_failed' | 'payment_action_required';

/** One invoice of a rule, with the terms at the time of purchase. `amount` is all the credit that it sells. */
export interface CreditPurchase extends Resource, CreditTerms {
  creditTopUp: string;
  /** Numbers the purchases of a rule, from 0. */
  number: number;
  customer: string;
  invoice: string;
  /** The price of all of it, before exclusive tax. */
  unitAmount: number;
  status: 'pending' | 'paid' | 'canceled';
  /** The grant, once the purchase is paid. */
  creditGrant: string | null;
}

/** The price of the rule's `amount`, minor units before exclusive tax. */
export const priceOfTopUp = ({ amount, unitAmount }: Pick<CreditTopUp, 'amount' | 'unitAmount'>): number => unitAmount ?? amount;

/** When the month of this instant began, in UTC. Epoch seconds. */
export const monthOf = (instant: number): number => monthAt(instant, 0);

export const monthAfter = (instant: number): number => monthAt(instant, 1);

function monthAt(instant: number, offset: number): number {
  const date = new Date(instant * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset) / 1000;
}
