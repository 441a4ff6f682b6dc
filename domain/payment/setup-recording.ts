import { declineRefusal, notAuthenticated } from './intent-refusals';
import { attachCard } from '../customer/cards';
import { nextActionOf, verifiedBy } from './next-actions';
import { acceptMandate, endMandate } from '../customer/mandates';
import type { GatewayAnswer, PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';
import type { ChangeSet } from '../core/change-set';

/** Records a processor's answer about a card for later charges: the card becomes its customer's, or the intent waits for another. */
export function recordSetup(changes: ChangeSet, attempt: PaymentAttempt, answer: GatewayAnswer): void {
  switch (answer.outcome) {
    case 'succeeded':
      return recordSuccess(changes, attempt);
    case 'declined':
    case 'blocked':
      return failSetup(changes, attempt, { ...answer.error, payment_method: attempt.paymentMethod });
    case 'requires_action':
      return recordAction(changes, attempt, answer);
    case 'processing': // no gateway collects anything for a setup
    case 'waiting': // a setup moves no money, so it is not kept back
    case 'unknown':
      changes.patch('paymentAttempt', attempt.id, { status: 'unknown' });
      changes.patch('setupIntent', attempt.intent, { status: 'processing' });
  }
}

function recordSuccess(changes: ChangeSet, attempt: PaymentAttempt): void {
  changes.patch('paymentAttempt', attempt.id, { status: 'succeeded' });
  const intent = changes.patch('setupIntent', attempt.intent, { status: 'succeeded', lastSetupError: null, nextAction: null });
  changes.patch('paymentMethod', attempt.paymentMethod, { setUp: true });
  acceptMandate(changes, attempt.mandate);
  if (intent.customer !== null) attachCard(changes, attempt.paymentMethod, intent.customer);
  changes.emit('setup_intent.succeeded', 'setupIntent', intent.id);
  if (intent.subscription !== null) changes.wake('subscription', intent.subscription, intent);
}

export function failSetup(changes: ChangeSet, attempt: PaymentAttempt, error: PaymentError): void {
  changes.patch('paymentAttempt', attempt.id, { status: 'failed' });
  endMandate(changes, attempt.mandate);
  changes.patch('setupIntent', attempt.intent, {
    status: 'requires_payment_method',
    paymentMethod: null,
    lastSetupError: error,
    nextAction: null,
  });
  changes.emit('setup_intent.setup_failed', 'setupIntent', attempt.intent);
  changes.refusal = declineRefusal(attempt, error);
}

function recordAction(changes: ChangeSet, attempt: PaymentAttempt, answer: Extract<GatewayAnswer, { outcome: 'requires_action' }>): void {
  const settlesAt = verifiedBy(answer, changes.now);
  changes.patch('paymentAttempt', attempt.id, { status: 'requires_action', threeDSecure: 'requested', settlesAt });
  changes.patch('setupIntent', attempt.intent, {
    status: 'requires_action',
    nextAction: nextActionOf(changes.rows.get('setupIntent', attempt.intent), answer, changes.now),
  });
  changes.emit('setup_intent.requires_action', 'setupIntent', attempt.intent);
}

/** Why an attempt failed; null for one that has not. */
export function setupErrorOf({ answer, paymentMethod, status, threeDSecure }: PaymentAttempt): PaymentError | null {
  if (status !== 'failed') return null;
  if (threeDSecure === 'failed') return notAuthenticated('setup', paymentMethod);
  return answer?.outcome === 'declined' || answer?.outcome === 'blocked' ? { ...answer.error, payment_method: paymentMethod } : null;
}
