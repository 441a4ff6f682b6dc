/** The interval at which pending invoice items are billed, as a caller sets it. */
import { BillingError } from '../core/errors';
import { addInterval } from '../money/billing-period';
import type { PendingItemBilling } from '../rows/subscription';
import type { PendingItemInterval } from '../rows/subscription-parameters';

/** A year at most, as on Stripe. */
const MOST: Record<PendingItemBilling['interval'], number> = { day: 365, week: 52, month: 12, year: 1 };

/**
 * The interval begins when it is set; the same one again changes nothing. Undefined: the request does not name it.
 *
 * @throws BillingError parameter_invalid
 */
export function pendingItemBilling(
  asked: PendingItemInterval | null | undefined,
  { now, before }: { now: number; before: PendingItemBilling | null },
): PendingItemBilling | null | undefined {
  if (asked === undefined || asked === null) return asked;
  const { interval, interval_count: count = 1 } = asked;
  if (count > MOST[interval]) {
    throw new BillingError(
      'parameter_invalid',
      'Pending invoice items are billed at least once a year: after 365 days, 52 weeks, 12 months or one year at most.',
      {
        param: 'pending_invoice_item_interval[interval_count]',
      },
    );
  }
  if (before?.interval === interval && before.interval_count === count) return before;
  const recurring = { interval, interval_count: count };
  return { ...recurring, anchor: now, next: addInterval(now, recurring, 1) };
}
