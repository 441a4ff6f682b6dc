import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { announceNewSource } from './source-events';

/**
 * Attaches a card to a customer, and wakes everything that waits for a working card: dunnings of unpaid invoices, and subscriptions that
 * could not be paid.
 *
 * @throws BillingError payment_method_unusable if it is another customer's
 */
export function attachCard(changes: ChangeSet, paymentMethod: string, customer: string): void {
  const method = changes.rows.get('paymentMethod', paymentMethod);
  if (method.customer === customer) return;
  if (method.customer !== null) {
    throw new BillingError('payment_method_unusable', 'The payment method you provided has already been attached to a customer.', {
      param: 'payment_method',
    });
  }
  changes.patch('paymentMethod', method.id, { customer });
  announceNewSource(changes, method.id);
  changes.emit('payment_method.attached', 'paymentMethod', method.id);
  wakeForCard(changes, customer);
}

/** Wakes all entities of the customer among the facts that a new or another default card may help. */
export function wakeForCard(changes: ChangeSet, customer: string): void {
  for (const dunning of changes.rows.where('dunning', (each) => each.customer === customer && each.status === 'running')) {
    changes.wake('dunning', dunning.invoice, { customer });
  }
  const unpaid = ['past_due', 'incomplete', 'unpaid'];
  for (const subscription of changes.rows.where('subscription', (each) => each.customer === customer && unpaid.includes(each.status))) {
    if (changes.context.workflow === `subscription/${subscription.id}`) continue;
    changes.wake('subscription', subscription.id, { customer, testClock: subscription.testClock });
  }
}
