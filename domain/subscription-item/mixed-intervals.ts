import { BillingError } from '../core/errors';
import type { Price } from '../rows/price';
import type { Subscription } from '../rows/subscription';

/**
 * Refuses items of different intervals, except in flexible billing mode.
 *
 * @throws BillingError parameter_invalid
 */
export function assertIntervals({ type }: Subscription['billingMode'], prices: Pick<Price, 'recurring'>[]): void {
  const intervals = prices.map(({ recurring }) => `${String(recurring?.interval_count)} ${recurring?.interval ?? ''}`);
  if (type === 'flexible' || new Set(intervals).size < 2) return;
  throw new BillingError('parameter_invalid', SAME, { param: 'items' });
}

const SAME =
  'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`, ' +
  'unless its `billing_mode[type]` is `flexible`.';
