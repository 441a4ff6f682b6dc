import { BillingError } from '../core/errors';
import type { Plan } from '../core/change-set';

/**
 * Keeps a card with a customer, and has whatever waits for a working card of theirs look again: dunning of unpaid invoices, and
 * subscriptions that could not be paid.
 *
 * @throws payment_method_unusable where it is another customer's
 */
export function attachCard(plan: Plan, paymentMethod: string, customer: string): void {
  const method = plan.rows.get('paymentMethod', paymentMethod);
  if (method.customer === customer) return;
  if (method.customer !== null) {
    throw new BillingError('payment_method_unusable', 'The payment method you provided has already been attached to a customer.', {
      param: 'payment_method',
    });
  }
  plan.patch('paymentMethod', method.id, { customer });
  plan.emit('payment_method.attached', 'paymentMethod', method.id);
  wakeForCard(plan, customer);
}

/** Wakes, of what is among the facts, everything of the customer that a new or another default card may help. */
export function wakeForCard(plan: Plan, customer: string): void {
  for (const dunning of plan.rows.where('dunning', (each) => each.customer === customer && each.status === 'running')) {
    plan.wake('dunning', dunning.invoice, { customer });
  }
  const unpaid = ['past_due', 'incomplete', 'unpaid'];
  for (const subscription of plan.rows.where('subscription', (each) => each.customer === customer && unpaid.includes(each.status))) {
    if (plan.context.workflow === `subscription/${subscription.id}`) continue;
    plan.wake('subscription', subscription.id, { customer, testClock: subscription.testClock });
  }
}
