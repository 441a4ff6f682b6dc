import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a payment method.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentMethod = operation({
  method: 'get',
  path: '/v1/payment_methods/:payment_method',
  summary: 'Retrieve a payment method',
  tag: 'Payment methods',
  parameters: parameters({}),
  shows: 'paymentMethod',
  async handle(request) {
    const { id } = await request.find('paymentMethod', request.pathId('payment_method'));
    return { kind: 'paymentMethod', key: id };
  },
});
