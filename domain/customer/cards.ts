import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { paysOnce, type MethodType } from '../rows/payment-method';
import { announceNewSource } from './source-events';

/**
 * Attaches a card to a customer. It is not their default yet, so nothing tries it.
 *
 * @throws BillingError payment_method_unusable if it is another customer's, or pays once
 */
export function attachCard(changes: ChangeSet, paymentMethod: string, customer: string): void {
  const method = changes.rows.get('paymentMethod', paymentMethod);
  refuseToKeep(method.type);
  if (method.customer === customer) return;
  if (method.customer !== null) {
    throw new BillingError('payment_method_unusable', 'The payment method you provided has already been attached to a customer.', {
      param: 'payment_method',
    });
  }
  changes.patch('paymentMethod', method.id, { customer });
  announceNewSource(changes, method.id);
  changes.emit('payment_method.attached', 'paymentMethod', method.id);
}

/** @throws BillingError payment_method_unusable for one that pays once */
export function refuseToKeep(type: MethodType): void {
  if (!paysOnce(type)) return;
  const message = `A payment method of the type ${type} pays once: it cannot be attached to a customer or set up for later payments.`;
  throw new BillingError('payment_method_unusable', message, { param: 'payment_method' });
}

/**
 * Wakes the recoveries of the customer among the facts, which try another default card at once. A paid invoice wakes its subscription. Trials
 * are woken because the card decides when their customer is told of the charge.
 */
export function wakeForCard(changes: ChangeSet, customer: string): void {
  wakeTrials(changes, customer);
  for (const dunning of changes.rows.where('dunning', (each) => each.customer === customer && each.status === 'running')) {
    changes.wake('dunning', dunning.invoice, { customer });
  }
}

/** The card is another one now, so recoveries that it has failed try it at once. */
export function forgetFailure(changes: ChangeSet, paymentMethod: string): void {
  for (const { invoice } of changes.rows.where(
    'dunning',
    (each) => each.status === 'running' && each.failedPaymentMethod === paymentMethod,
  )) {
    changes.patch('dunning', invoice, { failedPaymentMethod: null, hard: false, notBefore: null });
  }
}

/** Wakes the customer's trials among the facts: whether and when they are told of the charge has changed. */
export function wakeTrials(changes: ChangeSet, customer: string): void {
  for (const trial of changes.rows.where('subscription', (each) => each.customer === customer && each.status === 'trialing')) {
    changes.wake('subscription', trial.id, trial);
  }
}
