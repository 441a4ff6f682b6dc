import { collectInvoice } from '../collection/collection';
import type { Invoice, LineContent } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import { billLater, billNow } from './billing';
import { putPendingItem } from '../subscription-item/items';
import type { PaymentBehavior } from '../rows/subscription-parameters';

interface HowToPay {
  payment_behavior?: PaymentBehavior;
  off_session?: boolean;
}

/**
 * Makes an invoice for the lines of a change and charges it now; a sent invoice is a draft first. A paused subscription makes no invoices,
 * so the lines wait for the next one.
 */
export function billAtOnce(changes: ChangeSet, id: string, lines: LineContent[], params: HowToPay): void {
  const subscription = changes.rows.get('subscription', id);
  if (lines.length === 0) return;
  if (subscription.status === 'paused') {
    lines.forEach((line) => putPendingItem(changes, subscription, line));
    return;
  }
  const bill = { billingReason: 'subscription_update' as const, lines, period: { start: changes.now, end: changes.now } };
  if (subscription.collectionMethod === 'send_invoice') billLater(changes, subscription, bill);
  else collectChange(changes, billNow(changes, subscription, bill), params);
}

/**
 * Charges the amount due of a change now, or leaves it to the payer to confirm (`default_incomplete`); the subscription is past due
 * meanwhile.
 */
export function collectChange(changes: ChangeSet, invoice: Invoice, params: HowToPay): void {
  if (invoice.status !== 'open' || changes.context.preview || invoice.subscription === null) return;
  if (params.payment_behavior !== 'default_incomplete') {
    collectInvoice(changes, invoice.id, { offSession: params.off_session ?? false });
    return;
  }
  const { status } = changes.rows.get('subscription', invoice.subscription);
  if (status === 'active') changes.patch('subscription', invoice.subscription, { status: 'past_due' });
}
