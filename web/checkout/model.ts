/** What the checkout page shows: plain data, made by the server from rows. Amounts are minor units of `currency`. */
export interface CheckoutModel {
  state: 'open' | 'processing' | 'complete' | 'expired';
  locale: string;
  seller: string;
  isTest: boolean;
  mode: 'payment' | 'setup' | 'subscription';
  currency: string;
  /** The attempts so far, which the form sends back. */
  attempt: number;
  lines: CheckoutModelLine[];
  amounts: { subtotal: number; discount: number; tax: number; total: number; due: number };
  /** What is paid for each period once it recurs; null if nothing does, or if the periods differ. */
  recurring: { interval: 'day' | 'week' | 'month' | 'year'; count: number } | null;
  /** Epoch seconds; null without a trial. */
  trialEnd: number | null;
  /** Null: the page asks for it. */
  email: string | null;
  needsCard: boolean;
  needsAddress: boolean;
  /** Why the last attempt failed, in the buyer's language. */
  problem: string | null;
  cancelUrl: string | null;
}

export interface CheckoutModelLine {
  id: string;
  name: string;
  quantity: number | null;
  /** What it costs now, before discounts and tax. */
  amount: number;
}
