import type { Metadata, Resource } from './resource';

/** Credit that is sold, and what the grant will be like when it is paid. */
export interface CreditTerms {
  currency: string;
  /** Credit, minor units; of a rule, what is bought is as often that as it takes. */
  amount: number;
  /** Of the grant; the invoice says it too. */
  name: string | null;
  priority: number;
  /** Whose usage it pays; null: that of every metered price. */
  prices: string[] | null;
  /** Days of 24 hours from the payment on; null: it never expires. */
  expiresAfterDays: number | null;
}

/** A rule that sells a customer prepaid credit whenever too little of it is left. Dunlin's own. */
export interface CreditTopUp extends Resource, CreditTerms {
  updated: number;
  deleted: boolean;
  customer: string;
  testClock: string | null;
  /** Minor units: when less than that is available, credit is bought. */
  threshold: number;
  /** What the credit costs, minor units before exclusive tax; null: as much as it is. */
  unitAmount: number | null;
  /** What the purchases of one calendar month (UTC) may cost at most, before exclusive tax. */
  monthlyLimit: number;
  /** Null: the customer's default. */
  defaultPaymentMethod: string | null;
  defaultTaxRates: string[];
  status: 'active' | 'paused';
  pauseReason: PauseReason | null;
  /** How often it has bought, paid or not: the number of the next purchase. */
  purchases: number;
  /** When the month of the last purchase began, and what those of that month cost that were not called off. */
  monthStart: number | null;
  monthSpent: number;
  /** The month in which it was told that the limit holds it back. */
  heldMonth: number | null;
  /** The invoice of a purchase that is not paid; while there is one, nothing is bought. */
  pendingInvoice: string | null;
  /** Of the last purchase that was paid. */
  latestInvoice: string | null;
  latestCreditGrant: string | null;
  metadata: Metadata;
}

export type PauseReason = 'requested' | 'payment_failed' | 'payment_action_required';

/** One invoice of a rule, with the terms as they were when it was made; `amount` is all the credit that it sells. */
export interface CreditPurchase extends Resource, CreditTerms {
  creditTopUp: string;
  /** Counts the purchases of its rule, from 0. */
  number: number;
  customer: string;
  invoice: string;
  /** What all of it costs, before exclusive tax. */
  unitAmount: number;
  status: 'pending' | 'paid' | 'canceled';
  /** When it is paid. */
  creditGrant: string | null;
}

/** What its `amount` costs before exclusive tax. */
export const priceOfTopUp = ({ amount, unitAmount }: Pick<CreditTopUp, 'amount' | 'unitAmount'>): number => unitAmount ?? amount;

/** When the month of this instant began, in UTC. Epoch seconds. */
export const monthOf = (instant: number): number => monthAt(instant, 0);

export const monthAfter = (instant: number): number => monthAt(instant, 1);

function monthAt(instant: number, offset: number): number {
  const date = new Date(instant * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset) / 1000;
}
