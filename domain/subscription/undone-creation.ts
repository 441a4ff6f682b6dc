/** What was never paid for, and nobody has seen, is removed: a subscription with its first invoice, or an invoice alone. Its declined charges stay. */
import { undoDiscounts } from '../discount/life';
import { cancelIntent } from '../payment/intents';
import type { ChangeSet } from '../core/change-set';
import type { Invoice } from '../rows/invoice';
import type { Subscription } from '../rows/subscription';

type Reason = 'abandoned' | 'void_invoice';

/** @throws BillingError payment_attempt_in_progress while a processor has not answered */
export function undoCreation(changes: ChangeSet, subscription: Subscription, reason: Reason): void {
  undoInvoice(changes, changes.rows.get('invoice', subscription.latestInvoice as string), reason);
  changes.rows
    .where('subscriptionItem', (item) => item.subscription === subscription.id)
    .forEach((item) => changes.remove('subscriptionItem', item.id));
  changes.remove('subscription', subscription.id);
}

/** @throws BillingError payment_attempt_in_progress while a processor has not answered */
export function undoInvoice(changes: ChangeSet, invoice: Invoice, reason: Reason): void {
  const { rows } = changes;
  const intent = rows.find('paymentIntent', invoice.paymentIntent);
  if (intent) {
    if (intent.status !== 'canceled') cancelIntent(changes, intent.id, reason);
    changes.patch('paymentIntent', intent.id, { invoice: null });
  }
  for (const kind of ['charge', 'paymentAttempt', 'invoiceItem'] as const) {
    for (const { id } of rows.all(kind).filter((each) => each.invoice === invoice.id)) changes.patch(kind, id, { invoice: null });
  }
  undoDiscounts(changes, invoice);
  for (const kind of ['invoiceLineItem', 'invoicePayment'] as const) {
    for (const { id } of rows.all(kind).filter((each) => each.invoice === invoice.id)) changes.remove(kind, id);
  }
  changes.remove('invoice', invoice.id);
}
