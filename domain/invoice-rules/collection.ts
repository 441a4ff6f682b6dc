/**
 * Whether and how an invoice is collected. All code that creates, finalizes, charges or retries an invoice, or handles a new card, asks
 * here. So a pause, a deletion or `auto_advance` applies on every path.
 */
import { BillingError } from '../core/errors';
import type { Invoice } from '../rows/invoice';
import { isUndecided } from '../rows/payment-attempt';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** What happens to an invoice that a subscription makes: it advances, or one of the three behaviors of `pause_collection`. */
export type Course = 'advance' | 'keep_as_draft' | 'mark_uncollectible' | 'void';

/** While a subscription is unpaid or paused, its invoices stay drafts; so do those of a deleted customer. */
export function courseOf(rows: Rows, { customer, pauseCollection, status }: Subscription): Course {
  if (isDeleted(rows, customer) || status === 'unpaid' || status === 'paused') return 'keep_as_draft';
  return pauseCollection?.behavior ?? 'advance';
}

/** Whether a draft becomes final automatically when it is due. */
export const isFinalizedByItself = (rows: Rows, invoice: Invoice): boolean =>
  invoice.status === 'draft' && invoice.automaticallyFinalizesAt !== null && !invoice.deleted && !isDeleted(rows, invoice.customer);

/** Whether its payment method is charged automatically: when it becomes final, by retries, and for a new card. */
export function isCollected(rows: Rows, invoice: Invoice): boolean {
  const isCharged = invoice.autoAdvance && invoice.collectionMethod === 'charge_automatically';
  // A hidden first invoice is charged as a draft.
  const isDue = invoice.status === 'open' || (invoice.status === 'draft' && invoice.hidden);
  return isDue && isCharged && !isDeleted(rows, invoice.customer);
}

/** Whether an attempt is at the processor now, its answer was lost, or a bank collects it. */
export const isBeingPaid = (rows: Rows, { id }: Invoice): boolean =>
  rows.all('paymentAttempt').some((attempt) => attempt.invoice === id && isUndecided(attempt));

/**
 * Refuses every charge of a deleted customer.
 *
 * @throws BillingError resource_missing
 */
export function refuseDeletedCustomer(rows: Rows, customer: string | null): void {
  if (customer === null || !isDeleted(rows, customer)) return;
  throw new BillingError('resource_missing', `No such customer: '${customer}'`, { param: 'customer' });
}

/** Whether the invoice of a deleted customer still has automatic steps ahead. */
export const outlivesCustomer = (rows: Rows, { autoAdvance, automaticallyFinalizesAt, customer, status }: Invoice): boolean =>
  isDeleted(rows, customer) && (status === 'draft' || status === 'open') && (autoAdvance || automaticallyFinalizesAt !== null);

const isDeleted = (rows: Rows, customer: string): boolean => rows.find('customer', customer)?.deleted === true;
