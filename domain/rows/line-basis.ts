/**
 * How a line's amount came about, kept with the line, so that a person can redo the sum without asking anybody: the rule, the
 * numbers it took, and the usage behind them. Decimal texts are exact; integers are minor units; times are epoch seconds.
 */

export type LineRule =
  /** quantity × unit amount */
  | 'per_unit'
  /** the quantity in packages × unit amount */
  | 'package'
  /** each unit at its own tier's price */
  | 'graduated'
  /** all units at the price of the tier that the whole quantity is in */
  | 'volume'
  /** an amount that somebody said */
  | 'amount'
  /** what was charged before, given back */
  | 'debited'
  /** nothing: a trial, or time that is not charged */
  | 'free'
  /** what is missing to the minimum of the period */
  | 'minimum_commitment'
  /** what is above the maximum of the period */
  | 'maximum_spend';

/** What one tier of a tiered price comes to. */
export interface RatedTier {
  /** Units of the tiers below it. */
  above: number;
  up_to: number | null;
  quantity: string;
  unit_amount_decimal: string | null;
  flat_amount_decimal: string | null;
  /** quantity × unit amount + flat amount, exact. */
  amount_decimal: string;
}

/** The usage that was priced: `from` <= timestamp < `to`. */
export interface UsageBasis {
  /** The usage period that the line bills a part of. */
  period: string;
  meter: string;
  dimension_filters: Record<string, string>;
  from: number;
  to: number;
  events: number;
  /** What earlier invoices have billed of the same span: a threshold, or events that came late. */
  billed_before: { quantity: string; amount: number } | null;
}

export interface LineBasis {
  rule: LineRule;
  quantity?: string;
  unit_amount_decimal?: string;
  package?: { divide_by: number; round: 'up' | 'down'; packages: string };
  tiers?: RatedTier[];
  /** The sum before it is rounded. */
  exact?: string;
  /** The sum, rounded half away from zero: what the whole period costs. */
  full: number;
  /** It comes to more than a line can show: `full` is the most, `exact` and `quantity` are what it is. Its invoice stays a draft. */
  beyond?: true;
  /** The share that is charged, by time: `exact` (or `full`, where that is exact) × `seconds` ÷ `of`, rounded half away from zero, once. */
  share?: { seconds: number; of: number };
  /** Of a proration, by discount: what of a fixed amount off is for its item and its time. */
  off?: Record<string, number>;
  /** The share is given back, not charged. */
  credit?: boolean;
  usage?: UsageBasis;
  /** What was charged, where that is what a credit gives back (flexible billing mode). */
  debited?: { invoice: string; lines: string[] };
  /** How its payer stood to tax when that was charged: the credit has the line's own rates, and neither others nor today's exemption. */
  taxed?: 'none' | 'exempt' | 'reverse';
  /** Of a minimum or a maximum: the bound, what the period came to, and what an earlier invoice has made of it. */
  spend?: { bound: number; spent: number; billed_before?: number };
}
