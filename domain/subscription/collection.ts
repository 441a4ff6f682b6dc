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
 * An invoice of its own for what a change costs, charged now; what is sent is a draft first. A subscription that is paused makes no
 * invoices: it waits for the next one.
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

/** What is due by a change: charged now, or left to the payer to confirm (`default_incomplete`), past due meanwhile. */
export function collectChange(changes: ChangeSet, invoice: Invoice, params: HowToPay): void {
  if (invoice.status !== 'open' || changes.context.preview || invoice.subscription === null) return;
  if (params.payment_behavior !== 'default_incomplete') {
    collectInvoice(changes, invoice.id, { offSession: params.off_session ?? false });
    return;
  }
  const { status } = changes.rows.get('subscription', invoice.subscription);
  if (status === 'active') changes.patch('subscription', invoice.subscription, { status: 'past_due' });
}
