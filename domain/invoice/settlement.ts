/** What it means for an invoice to be paid, whichever way it was: by a card, by balance alone, or out of band. */
import { grantPurchase } from './credit-purchase-settlement';
import type { Invoice } from '../rows/invoice';
import { endDunning } from './dunning-end';
import { wakeSubscription } from '../core/wakes';
import type { Plan } from '../core/change-set';

/** Marks it paid, ends its dunning, grants the credit that it sold, and has its subscription look. `change` says how it was paid. */
export function settlePaid(plan: Plan, invoiceId: string, change: Partial<Invoice> = {}): Invoice {
  const before = plan.rows.get('invoice', invoiceId);
  const invoice = plan.patch('invoice', invoiceId, {
    status: 'paid',
    paidAt: plan.now,
    attempted: true,
    amountPaid: before.paidOutOfBand ? 0 : before.amountDue,
    amountRemaining: 0,
    nextPaymentAttempt: null,
    autoAdvance: false,
    ...change,
  });
  endDunning(plan, invoiceId, 'recovered');
  const customer = plan.rows.get('customer', invoice.customer);
  if (customer.delinquent && !hasUnpaid(plan, invoice)) plan.patch('customer', customer.id, { delinquent: false });
  plan.emit('invoice.paid', 'invoice', invoiceId);
  plan.emit('invoice.payment_succeeded', 'invoice', invoiceId);
  grantPurchase(plan, invoiceId);
  wakeSubscription(plan, invoice.subscription);
  return invoice;
}

function hasUnpaid(plan: Plan, paid: Invoice): boolean {
  return plan.rows.all('invoice').some((other) => other.id !== paid.id && other.status === 'open' && other.attempted);
}
