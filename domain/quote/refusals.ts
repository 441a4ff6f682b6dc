/** Translates refusals of a quote's terms to the quote's own parameters. */
import { BillingError } from '../core/errors';
import type { Quote } from '../rows/quote';

const PLACES: [RegExp, 'recurring' | 'one_time'][] = [
  [/^items\[(\d+)\](.*)$/, 'recurring'],
  [/^add_invoice_items\[(\d+)\](.*)$/, 'one_time'],
];

export function asQuoted<T>(quote: Pick<Quote, 'lineItems'>, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BillingError) || error.details.param === undefined) throw error;
    throw new BillingError(error.code, error.message, { ...error.details, param: renamed(quote, outOfPhase(error.details.param)) });
  }
}

/** The quote's schedule has one phase, which callers do not see. */
const outOfPhase = (param: string): string => param.replace(/^phases\[0\]\[(\w+)\]/, '$1');

function renamed({ lineItems }: Pick<Quote, 'lineItems'>, param: string): string {
  for (const [place, type] of PLACES) {
    const [, index, rest = ''] = place.exec(param) ?? [];
    if (index === undefined) continue;
    const line = lineItems.filter((each) => each.type === type)[Number(index)];
    return line ? `line_items[${String(lineItems.indexOf(line))}]${rest}` : 'line_items';
  }
  return NAMES[param] ?? param;
}

const NAMES: Record<string, string | undefined> = {
  items: 'line_items',
  trial_end: 'subscription_data[trial_period_days]',
  trial_period_days: 'subscription_data[trial_period_days]',
  end_date: 'subscription_data[effective_date]',
};
