import { assertPeriodsWithin, type BilledSpan } from '../../../domain/money/bounds';
import type { PriceData } from '../../../domain/price/inline-price';
import type { Rows } from '../../../domain/rows/rows';

interface Backdated {
  items: readonly { price?: string | undefined; price_data?: PriceData | undefined }[];
  extras?: readonly unknown[] | undefined;
  /** Epoch seconds. */
  from: number;
  anchor?: number | undefined;
  now: number;
  /** The parameter name of the date. */
  param: string;
}

/**
 * Refuses, before a workflow starts, a date that would bill far more periods than an invoice has lines. The planner counts again, to the
 * line. `named` are the prices that are not inline.
 *
 * @throws BillingError too_many_items
 */
export function assertBackdating(named: Rows, { items, extras = [], from, anchor = from, now, param }: Backdated): void {
  const spans = items.flatMap(({ price, price_data: data }): BilledSpan[] => {
    const recurring = data ? { usage_type: 'licensed', ...data.recurring } : named.find('price', price ?? null)?.recurring;
    if (!recurring?.interval || recurring.usage_type === 'metered') return [];
    const { interval, interval_count = 1 } = recurring;
    return [{ anchor, recurring: { interval, interval_count }, from, until: Math.max(now + 1, anchor) }];
  });
  assertPeriodsWithin(spans, { others: extras.length, param });
}
