import { REUSABLE_TYPES } from '../../../domain/rows/payment-method';
import { confirmSetupUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { makeMethod } from '../payment-intents/confirm';
import { spendToken, withToken } from '../../schemas/confirmation-token';
import { paymentMethodOptions, UNSUPPORTED_OPTIONS } from '../../schemas/intent-options';
import { mandateData } from '../../schemas/mandate';
import { allowedPaymentMethodTypes, methodOf, methodParameters, withoutCard } from '../../schemas/payment-intent';
import { UNSUPPORTED } from './parameters';
import { httpUrl } from '../../http/text-parameters';

/**
 * Verifies the card of a setup intent, which then belongs to its customer.
 *
 * @throws BillingError resource_missing, setup_intent_unexpected_state, payment_method_unusable, lock_timeout, and 402 with the decline
 */
export const confirmSetupIntent = operation({
  method: 'post',
  path: '/v1/setup_intents/:setup_intent/confirm',
  summary: 'Confirm a setup intent',
  tag: 'Setup intents',
  parameters: parameters({
    ...methodParameters,
    confirmation_token: id().optional(),
    mandate_data: mandateData().optional(),
    allowed_payment_method_types: allowedPaymentMethodTypes(REUSABLE_TYPES).optional(),
    payment_method_options: paymentMethodOptions().optional(),
    return_url: httpUrl().optional(),
  }),
  shows: 'setupIntent',
  through: 'workflow',
  stored: withoutCard,
  unsupported: [...UNSUPPORTED, ...UNSUPPORTED_OPTIONS, 'payment_method_configuration'],
  async handle(request) {
    const { id: key, customer } = await request.find('setupIntent', request.pathId('setup_intent'));
    const params = await withToken(request, request.parameters);
    const target = await makeMethod(request, await methodOf(request, params));
    await spendToken(request, params, key);
    await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer }, confirmSetupUpdate, target);
    return { kind: 'setupIntent', key };
  },
});
