import { capturePaymentUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, integer, metadata, parameters } from '../../http/parameters';
import { hooks, taxCalculationOf } from '../../schemas/payment-intent';

/**
 * Captures an authorization, all of it or a part. The rest is released, unless several captures are possible and `final_capture` is false.
 *
 * @throws BillingError resource_missing, parameter_invalid, payment_intent_unexpected_state, amount_too_large, lock_timeout
 */
export const capturePaymentIntent = operation({
  method: 'post',
  path: '/v1/payment_intents/:payment_intent/capture',
  summary: 'Capture a payment intent',
  tag: 'Payment intents',
  parameters: parameters({
    amount_to_capture: integer({ min: 0 }).optional(),
    final_capture: boolean().optional(),
    hooks: hooks().optional(),
    metadata: metadata().optional(),
  }),
  shows: 'paymentIntent',
  through: 'workflow',
  unsupported: [
    'amount_details',
    'application_fee_amount',
    'payment_details',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
  ],
  async handle(request) {
    const { id, customer } = await request.find('paymentIntent', request.pathId('payment_intent'));
    await taxCalculationOf(request, request.parameters.hooks);
    await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, capturePaymentUpdate);
    return { kind: 'paymentIntent', key: id };
  },
});
