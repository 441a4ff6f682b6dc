/** How often a payment link sells. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { isActive, type PaymentLink } from '../rows/payment-link';

/** A declined buyer has so many seconds for another card, before the place is free again. */
export const PLACE_IS_KEPT_SECONDS = 900;

/**
 * A buyer confirms only if the sale is within the limit even when all others who are paying succeed.
 *
 * @throws BillingError parameter_invalid
 */
export function assertPlaceLeft(link: PaymentLink | undefined, takenByOthers: number): void {
  const limit = link?.sessionsLimit ?? null;
  if (limit === null || takenByOthers < limit) return;
  throw new BillingError('parameter_invalid', 'All that the payment link sells is sold, or is being paid by others.', {
    param: 'payment_link',
  });
}

/** One more sale, which the database counts. It is announced if the link sells no more after it. The link is locked. */
export function countSale(changes: ChangeSet, id: string | null): void {
  const link = changes.rows.find('paymentLink', id);
  if (!link) return;
  const after = changes.patch('paymentLink', link.id, { completedSessions: link.completedSessions + 1 });
  if (isActive(link) && !isActive(after)) changes.emitUpdated('payment_link.updated', 'paymentLink', link.id);
}
