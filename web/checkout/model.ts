/** What the checkout page shows: plain data, made by the server from rows. Amounts are minor units of `currency`. */
import type { Branding } from '../../domain/rows/branding-settings';
import type { Law } from '../law';
import type { Locale } from '../words/languages';

export interface CheckoutModel {
  state: 'open' | 'processing' | 'complete' | 'expired';
  locale: Locale;
  law: Law;
  branding: Branding;
  /** With whom the contract is. */
  seller: string;
  isTest: boolean;
  mode: 'payment' | 'setup' | 'subscription';
  currency: string;
  /** The attempts so far, which the form sends back. */
  attempt: number;
  lines: CheckoutModelLine[];
  amounts: { subtotal: number; discount: number; tax: number; total: number; due: number };
  /** Whether the tax is added to the prices; otherwise it is inside. */
  isTaxAdded: boolean;
  renewal: Renewal | null;
  /** Epoch seconds; null without a trial. */
  trialEnd: number | null;
  promotion: { isAsked: boolean; code: string | null };
  /** Known of the buyer so far. */
  entered: Entered;
  /** The seller has named the buyer, whose address it is. */
  isEmailFixed: boolean;
  needsCard: boolean;
  needsAddress: boolean;
  problem: Problem | null;
  cancelUrl: string | null;
}

/** What recurs: one interval for all lines, or null where they differ. */
export interface Renewal {
  interval: 'day' | 'week' | 'month' | 'year';
  count: number;
  /** Of each period, before discounts; null if usage decides it. */
  amount: number | null;
  /** Whether tax is added to that amount. */
  plusTax: boolean;
  /** When it is charged for the first time after today. Epoch seconds. */
  from: number;
}

export interface Entered {
  email: string;
  name: string;
  line1: string;
  postal_code: string;
  city: string;
  state: string;
  country: string;
}

/** Why the last submission has failed; the words are in `web/words`. */
export type Problem =
  | 'declined'
  | 'insufficientFunds'
  | 'expiredCard'
  | 'wrongCard'
  | 'amountChanged'
  | 'submittedElsewhere'
  | 'unknownCode'
  | 'missing'
  | 'failed';

export interface CheckoutModelLine {
  id: string;
  name: string;
  quantity: number | null;
  adjustable: { minimum: number; maximum: number } | null;
  /** What it costs now, before discounts and tax. */
  amount: number;
}
