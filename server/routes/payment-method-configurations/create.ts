import { createMethodConfiguration } from '../../../domain/payment/method-configurations';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { configurationShape, UNSUPPORTED } from './schemas';

/**
 * Creates a payment method configuration, which checkouts and intents can name.
 *
 * @throws BillingError parameter_invalid
 */
export const createPaymentMethodConfiguration = operation({
  method: 'post',
  path: '/v1/payment_method_configurations',
  summary: 'Create a payment method configuration',
  tag: 'Payment method configurations',
  parameters: parameters(configurationShape),
  shows: 'paymentMethodConfiguration',
  unsupported: [...UNSUPPORTED, 'parent'],
  async handle(request) {
    await request.change({
      step: 'createPaymentMethodConfiguration',
      customer: null,
      plan: (changes) => {
        createMethodConfiguration(changes, request.parameters);
      },
    });
    return { kind: 'paymentMethodConfiguration', key: request.newId('pmc') };
  },
});
