import { attachCard } from '../customer/cards';
import type { GatewayAnswer, PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';
import type { Plan } from '../core/change-set';

/** What a processor said about a card that is set up for later charges: it becomes its customer's, or the intent waits for another. */
export function recordSetup(plan: Plan, attempt: PaymentAttempt, answer: GatewayAnswer): void {
  switch (answer.outcome) {
    case 'succeeded':
      return recordSuccess(plan, attempt);
    case 'declined':
    case 'blocked':
      return failSetup(plan, attempt, { ...answer.error, payment_method: attempt.paymentMethod });
    case 'requires_action':
      return recordAction(plan, attempt, answer.url);
    case 'unknown':
      plan.patch('paymentAttempt', attempt.id, { status: 'unknown' });
      plan.patch('setupIntent', attempt.intent, { status: 'processing' });
  }
}

function recordSuccess(plan: Plan, attempt: PaymentAttempt): void {
  plan.patch('paymentAttempt', attempt.id, { status: 'succeeded' });
  const intent = plan.patch('setupIntent', attempt.intent, { status: 'succeeded', lastSetupError: null, nextAction: null });
  plan.patch('paymentMethod', attempt.paymentMethod, { setUp: true });
  if (intent.customer !== null) attachCard(plan, attempt.paymentMethod, intent.customer);
  plan.emit('setup_intent.succeeded', 'setupIntent', intent.id);
  if (intent.subscription !== null) plan.wake('subscription', intent.subscription, intent);
}

export function failSetup(plan: Plan, attempt: PaymentAttempt, error: PaymentError): void {
  plan.patch('paymentAttempt', attempt.id, { status: 'failed' });
  plan.patch('setupIntent', attempt.intent, {
    status: 'requires_payment_method',
    paymentMethod: null,
    lastSetupError: error,
    nextAction: null,
  });
  plan.emit('setup_intent.setup_failed', 'setupIntent', attempt.intent);
  plan.refusal = {
    code: 'card_declined',
    message: error.message,
    details: {
      card: {
        code: error.code,
        declineCode: error.decline_code,
        charge: null,
        setupIntent: attempt.intent,
        paymentMethod: attempt.paymentMethod,
      },
    },
  };
}

function recordAction(plan: Plan, attempt: PaymentAttempt, url: string): void {
  plan.patch('paymentAttempt', attempt.id, { status: 'requires_action', threeDSecure: 'requested' });
  const { returnUrl, clientSecret } = plan.rows.get('setupIntent', attempt.intent);
  plan.patch('setupIntent', attempt.intent, {
    status: 'requires_action',
    nextAction: {
      type: returnUrl === null ? 'use_stripe_sdk' : 'redirect_to_url',
      url: url.replace('{client_secret}', clientSecret),
      return_url: returnUrl,
    },
  });
  plan.emit('setup_intent.requires_action', 'setupIntent', attempt.intent);
}
