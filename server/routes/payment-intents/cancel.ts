import { refuseCancelingOfCheckout } from '../../../domain/payment/intent-refusals';
import { cancelPaymentUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';

/**
 * Cancels a payment intent and releases its authorization. An invoice's intent can only be canceled through its invoice, and that of an open
 * checkout session only by expiring the session.
 *
 * @throws BillingError resource_missing, payment_intent_unexpected_state, payment_attempt_in_progress, lock_timeout
 */
export const cancelPaymentIntent = operation({
  method: 'post',
  path: '/v1/payment_intents/:payment_intent/cancel',
  summary: 'Cancel a payment intent',
  tag: 'Payment intents',
  parameters: parameters({ cancellation_reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional() }),
  shows: 'paymentIntent',
  through: 'workflow',
  async handle(request) {
    const intent = await request.find('paymentIntent', request.pathId('payment_intent'));
    refuseCancelingOfCheckout(intent);
    const { id, customer } = intent;
    await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, cancelPaymentUpdate);
    return { kind: 'paymentIntent', key: id };
  },
});
