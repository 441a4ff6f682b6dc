/** The effects of a paid invoice, whether it was paid by card, by balance alone, or out of band. */
import { grantPurchase } from './credit-purchase-settlement';
import type { Invoice } from '../rows/invoice';
import { endDunning } from './dunning-end';
import { wakeSubscriptionsOf } from '../core/wakes';
import type { ChangeSet } from '../core/change-set';

/**
 * Marks it paid, ends its dunning, grants the credit that it sold, and wakes its subscription. `change` has the fields that depend on the
 * means of payment.
 */
export function settlePaid(changes: ChangeSet, invoiceId: string, change: Partial<Invoice> = {}): Invoice {
  const before = changes.rows.get('invoice', invoiceId);
  const invoice = changes.patch('invoice', invoiceId, {
    status: 'paid',
    paidAt: changes.now,
    attempted: true,
    amountPaid: before.amountDue,
    amountRemaining: 0,
    nextPaymentAttempt: null,
    autoAdvance: false,
    ...change,
  });
  endDunning(changes, invoiceId, 'recovered');
  const customer = changes.rows.get('customer', invoice.customer);
  if (customer.delinquent && !hasUnpaid(changes, invoice)) changes.patch('customer', customer.id, { delinquent: false });
  changes.emit('invoice.paid', 'invoice', invoiceId);
  changes.emit('invoice.payment_succeeded', 'invoice', invoiceId);
  grantPurchase(changes, invoiceId);
  wakeSubscriptionsOf(changes, invoice);
  return invoice;
}

function hasUnpaid(changes: ChangeSet, paid: Invoice): boolean {
  return changes.rows.all('invoice').some((other) => other.id !== paid.id && other.status === 'open' && other.attempted);
}
