import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a payment intent.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentIntent = operation({
  method: 'get',
  path: '/v1/payment_intents/:payment_intent',
  summary: 'Retrieve a payment intent',
  tag: 'Payment intents',
  parameters: parameters({}),
  shows: 'paymentIntent',
  unsupported: ['client_secret'],
  async handle(request) {
    const { id } = await request.find('paymentIntent', request.pathId('payment_intent'));
    return { kind: 'paymentIntent', key: id };
  },
});
