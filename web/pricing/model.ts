/** What the pricing page shows: plain data, made by the server from rows. */
import type { Branding } from '../../domain/rows/branding-settings';
import type { Interval } from '../../domain/rows/price';
import type { Locale } from '../words/languages';

export interface PricingModel {
  locale: Locale;
  branding: Branding;
  isTest: boolean;
  /** Null once the seller has deactivated the table. */
  offer: Offer | null;
  /** Whether another site shows the page in a frame. */
  isFramed: boolean;
}

export interface Offer {
  /** Whom the seller's site has named: every form and link of the page keeps it. Empty: nobody; null: the page knows it by itself. */
  visitor: string | null;
  /** The secret of a customer session, which every form and link keeps, too; null: nobody is known. */
  customerSession: string | null;
  /** Where the forms lead. */
  path: string;
  intervals: IntervalChoice[];
  /** The chosen one of `intervals`. */
  interval: string;
  currencies: string[];
  currency: string;
  trialDays: number | null;
  products: PricingModelProduct[];
}

export interface IntervalChoice {
  value: string;
  /** Null: a single payment. */
  recurring: { interval: Interval; count: number } | null;
}

export interface PricingModelProduct {
  name: string;
  description: string | null;
  features: string[];
  isHighlighted: boolean;
  price: string;
  /** Minor units of the currency; null: usage or tiers decide. */
  amount: number | null;
  recurring: IntervalChoice['recurring'];
  /** Null: no tax is calculated, so nothing is said. */
  tax: 'included' | 'added' | null;
}
