/**
 * How a line's amount was calculated: the rule, its numbers, and the usage behind them. It is stored with the line, so that a person can
 * repeat the calculation from it alone. Decimal texts are exact; integers are minor units; times are epoch seconds.
 */

export type LineRule =
  /** quantity × unit amount */
  | 'per_unit'
  /** the quantity in packages × unit amount */
  | 'package'
  /** each unit at its own tier's price */
  | 'graduated'
  /** all units at the price of the tier that contains the whole quantity */
  | 'volume'
  /** an amount that a caller set */
  | 'amount'
  /** an earlier charge, given back */
  | 'debited'
  /** nothing: a trial, or time that is free */
  | 'free'
  /** the difference up to the minimum of the period */
  | 'minimum_commitment'
  /** the excess above the maximum of the period */
  | 'maximum_spend';

/** The amount of one tier of a tiered price. */
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
  /** The usage period that the line bills in part. */
  period: string;
  meter: string;
  dimension_filters: Record<string, string>;
  from: number;
  to: number;
  events: number;
  /** What earlier invoices have billed for the same span: a threshold invoice, or the invoice before late events. */
  billed_before: { quantity: string; amount: number } | null;
}

export interface LineBasis {
  rule: LineRule;
  quantity?: string;
  unit_amount_decimal?: string;
  package?: { divide_by: number; round: 'up' | 'down'; packages: string };
  tiers?: RatedTier[];
  /** The sum before rounding. */
  exact?: string;
  /** The sum, rounded half away from zero: the price of the whole period. */
  full: number;
  /**
   * The amount exceeds what a line can show: `full` is the largest possible amount, `exact` and `quantity` are the true values. The invoice
   * stays a draft.
   */
  beyond?: true;
  /** The share that is charged, by time: `exact` (or `full`, if that is exact) × `seconds` ÷ `of`, rounded half away from zero, once. */
  share?: { seconds: number; of: number };
  /** For a proration, by discount: the part of a fixed amount off that belongs to its item and its time. */
  off?: Record<string, number>;
  /** The share is given back, not charged. */
  credit?: boolean;
  usage?: UsageBasis;
  /** The shipping rate that is charged: the line is the shipping cost of its invoice, which callers see apart from the lines. */
  shipping?: string;
  /** The earlier charges that this credit gives back (flexible billing mode), or whose tax it has (classic). */
  debited?: { invoice: string; lines: string[] };
  /**
   * The payer's tax status at the time of that charge. The credit uses the line's own rates, and ignores other rates and today's exemption.
   */
  taxed?: 'none' | 'exempt' | 'reverse';
  /** For a minimum or a maximum: the bound, the period's total, and what an earlier invoice has added or taken off for it. */
  spend?: { bound: number; spent: number; billed_before?: number };
}
