/** Translates refusals of a quote's terms to the quote's own parameters. */
import { inOfferedWords } from '../core/offered-refusals';
import type { Quote } from '../rows/quote';

export const asQuoted = <T>({ lineItems: lines }: Pick<Quote, 'lineItems'>, work: () => T): T =>
  inOfferedWords({ lines, ofType: (type) => lines.filter((line) => line.type === type), names: NAMES }, work);

const NAMES: Record<string, string | undefined> = {
  items: 'line_items',
  trial_end: 'subscription_data[trial_period_days]',
  trial_period_days: 'subscription_data[trial_period_days]',
  end_date: 'subscription_data[effective_date]',
};
