import { byKey, loadMatching } from '../../../db/matching';
import { updateMethodConfiguration } from '../../../domain/payment/method-configurations';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { configurationShape, UNSUPPORTED } from './schemas';

/**
 * Changes what a payment method configuration offers. Checkouts and intents that exist keep what they offer.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updatePaymentMethodConfiguration = operation({
  method: 'post',
  path: '/v1/payment_method_configurations/:configuration',
  summary: 'Update a payment method configuration',
  tag: 'Payment method configurations',
  parameters: parameters({ ...configurationShape, active: boolean().optional() }),
  shows: 'paymentMethodConfiguration',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const id = request.pathId('configuration');
    await request.change({
      step: 'updatePaymentMethodConfiguration',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('paymentMethodConfiguration', id)]),
      plan: (changes) => {
        present(changes, 'paymentMethodConfiguration', id);
        updateMethodConfiguration(changes, id, request.parameters);
      },
    });
    return { kind: 'paymentMethodConfiguration', key: id };
  },
});
