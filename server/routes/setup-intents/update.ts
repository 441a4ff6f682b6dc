import { REUSABLE_TYPES } from '../../../domain/rows/payment-method';
import { loadFacts } from '../../../db/facts';
import { updateSetupIntent } from '../../../domain/payment/setup-intents';
import { operation } from '../../http/operation';
import { emptyable, id, metadata, parameters, text } from '../../http/parameters';
import { allowedPaymentMethodTypes, methodOf, methodParameters, paymentMethodTypes, putMethod } from '../../schemas/payment-intent';
import { UNSUPPORTED } from './parameters';

/**
 * Changes a setup intent; its card and customer only before it has succeeded.
 *
 * @throws BillingError resource_missing, setup_intent_unexpected_state, payment_method_unusable, lock_timeout
 */
export const updateSetupIntentOperation = operation({
  method: 'post',
  path: '/v1/setup_intents/:setup_intent',
  summary: 'Update a setup intent',
  tag: 'Setup intents',
  parameters: parameters({
    ...methodParameters,
    allowed_payment_method_types: allowedPaymentMethodTypes(REUSABLE_TYPES).optional(),
    customer: id().optional(),
    description: emptyable(text({ max: 1000 })).optional(),
    metadata: metadata().optional(),
    payment_method_types: paymentMethodTypes().optional(),
  }),
  shows: 'setupIntent',
  unsupported: [...UNSUPPORTED, 'payment_method_configuration', 'payment_method_options'],
  async handle(request) {
    const params = request.parameters;
    const intent = await request.find('setupIntent', request.pathId('setup_intent'));
    if (params.customer !== undefined) await request.find('customer', params.customer, 'customer');
    const method = await methodOf(request, params);
    const existing = method && 'existing' in method ? method.existing : null;
    await request.change({
      step: 'updateSetupIntent',
      customer: intent.customer,
      subject: intent.id,
      load: (tx) =>
        loadFacts(tx, { account: request.scope.account, customer: intent.customer, intent: intent.id, paymentMethod: existing }),
      plan: (changes) => {
        updateSetupIntent(changes, intent.id, {
          customer: params.customer,
          description: params.description,
          metadata: params.metadata,
          paymentMethod: method === null ? undefined : (putMethod(changes, method) ?? undefined),
          allowedPaymentMethodTypes: params.allowed_payment_method_types,
          paymentMethodTypes: params.payment_method_types,
        });
      },
    });
    return { kind: 'setupIntent', key: intent.id };
  },
});
