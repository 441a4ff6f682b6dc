/**
 * Whether and how an invoice is collected. Whoever makes an invoice, makes it final, charges it, tries it again or hears of a new
 * card asks here, so that a pause, a deletion or `auto_advance` holds on every path.
 */
import { BillingError } from '../core/errors';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';

/** What becomes of an invoice that a subscription makes: it goes its way, or one of the three of `pause_collection`. */
export type Course = 'advance' | 'keep_as_draft' | 'mark_uncollectible' | 'void';

/** While a subscription is unpaid or paused, what it bills stays a draft, as it does for a customer who is deleted. */
export function courseOf(rows: Rows, { customer, pauseCollection, status }: Subscription): Course {
  if (isGone(rows, customer) || status === 'unpaid' || status === 'paused') return 'keep_as_draft';
  return pauseCollection?.behavior ?? 'advance';
}

/** Whether a draft becomes final by itself when its time has come. */
export const isFinalizedByItself = (rows: Rows, invoice: Invoice): boolean =>
  invoice.status === 'draft' && invoice.automaticallyFinalizesAt !== null && !invoice.deleted && !isGone(rows, invoice.customer);

/** Whether its payment method is charged for it without anybody asking: when it is final, by retries, and for a new card. */
export function isCollected(rows: Rows, invoice: Invoice): boolean {
  const isCharged = invoice.autoAdvance && invoice.collectionMethod === 'charge_automatically';
  // A first invoice that nobody sees before it is paid is charged as a draft.
  const isDue = invoice.status === 'open' || (invoice.status === 'draft' && invoice.hidden);
  return isDue && isCharged && !isGone(rows, invoice.customer);
}

/** A processor has an attempt at it at this moment, or its answer was lost. */
export const isBeingPaid = (rows: Rows, { id }: Invoice): boolean =>
  rows.all('paymentAttempt').some(({ invoice, status }) => invoice === id && (status === 'open' || status === 'unknown'));

/** Nobody charges a customer who was deleted, whoever asks. @throws resource_missing */
export function refuseGone(rows: Rows, customer: string | null): void {
  if (customer === null || !isGone(rows, customer)) return;
  throw new BillingError('resource_missing', `No such customer: '${customer}'`, { param: 'customer' });
}

/** Whether it would still do something by itself, although its customer was deleted. */
export const outlivesCustomer = (rows: Rows, { autoAdvance, automaticallyFinalizesAt, customer, status }: Invoice): boolean =>
  isGone(rows, customer) && (status === 'draft' || status === 'open') && (autoAdvance || automaticallyFinalizesAt !== null);

const isGone = (rows: Rows, customer: string): boolean => rows.find('customer', customer)?.deleted === true;
