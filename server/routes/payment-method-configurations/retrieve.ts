import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a payment method configuration.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentMethodConfiguration = operation({
  method: 'get',
  path: '/v1/payment_method_configurations/:configuration',
  summary: 'Retrieve a payment method configuration',
  tag: 'Payment method configurations',
  parameters: parameters({}),
  shows: 'paymentMethodConfiguration',
  handle: async (request) => {
    const { id } = await request.find('paymentMethodConfiguration', request.pathId('configuration'));
    return { kind: 'paymentMethodConfiguration', key: id };
  },
});
