/** Payments and disputes of a card network in a month, as networks count them: read for one step or report, never stored. */
export interface MonthCounts {
  /** `visa`. Null: no card. */
  network: string | null;
  payments: number;
  /** Of the month before. */
  paymentsBefore: number;
  disputes: number;
  /** Early fraud warnings. */
  warnings: number;
  /** Of the payments, those with 3-D Secure. */
  secured: number;
  /** What was paid, disputed and warned of, in cents of US dollars by the seller's own rates. */
  volume: number;
  disputedAmount: number;
  warnedAmount: number;
}

export interface DisputeMonth {
  /** `2026-01`, in UTC. */
  month: string;
  counts: readonly MonthCounts[];
  /** The seller's. */
  country: string;
  /** Warnings that disputes of the month have caused: `visa_vamp_excessive/reached`. */
  warned: readonly string[];
}

/** Where a seller stands with a program. In Stripe's snake_case, because the API returns it unchanged. */
export interface DisputeRate {
  object: 'dispute_rate';
  /** Of what counts, in cents of US dollars. Null: the program looks at no amount. */
  amount: number | null;
  /** What counts: disputes, early fraud warnings, or both. */
  count: number;
  disputes: number;
  early_fraud_warnings: number;
  livemode: boolean;
  month: string;
  /** Null: all payments. */
  network: string | null;
  program: string;
  /** Percent, as decimal text. Null: there were no payments to divide by. */
  rate: string | null;
  /** `volume`: the amount is divided by what was paid. */
  rate_of: 'payments' | 'volume';
  status: 'approaching' | 'below' | 'reached';
  threshold: { amount: number | null; count: number; percent: string };
  transactions: number;
  transactions_of: 'month' | 'month_before';
}

export const DISPUTE_GROUPS = ['country', 'product', 'reason'] as const;
export type DisputeGroup = (typeof DISPUTE_GROUPS)[number];

/** Disputes of a group in one currency. Amounts are minor units. */
export interface DisputeFigures {
  /** Null: without a product or a country. In the total it is null. */
  group: string | null;
  /** Of all groups of the currency. */
  isTotal: boolean;
  currency: string;
  disputes: number;
  inquiries: number;
  prevented: number;
  open: number;
  won: number;
  lost: number;
  amount: number;
  amountWon: number;
  amountLost: number;
  fees: number;
  /** The mean of the disputes that are won or lost. */
  secondsToDecision: number | null;
}
