import { REUSABLE_TYPES } from '../../../domain/rows/payment-method';
import { byKey, configurationFor, loadMatching } from '../../../db/matching';
import { newSetupIntent } from '../../../domain/payment/setup-intents';
import { confirmSetupUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, id, metadata, oneOf, parameters, text } from '../../http/parameters';
import { refuseTokenWithoutConfirm, spendToken, withToken } from '../../schemas/confirmation-token';
import { mandateData } from '../../schemas/mandate';
import { paymentMethodOptions, UNSUPPORTED_OPTIONS } from '../../schemas/intent-options';
import {
  allowedPaymentMethodTypes,
  automaticPaymentMethods,
  methodParameters,
  methodTypes,
  partiesOf,
  paymentMethodTypes,
  putMethod,
  targetOf,
  withoutCard,
} from '../../schemas/payment-intent';
import { UNSUPPORTED } from './parameters';
import { httpUrl } from '../../http/text-parameters';

/**
 * Creates a setup intent and, with `confirm`, verifies its card within the call.
 *
 * @throws BillingError parameters_exclusive, resource_missing, payment_method_unusable, lock_timeout, and 402 with the decline
 */
export const createSetupIntent = operation({
  method: 'post',
  path: '/v1/setup_intents',
  summary: 'Create a setup intent',
  tag: 'Setup intents',
  parameters: parameters({
    ...methodParameters,
    allowed_payment_method_types: allowedPaymentMethodTypes(REUSABLE_TYPES).optional(),
    automatic_payment_methods: automaticPaymentMethods().optional(),
    confirm: boolean().optional(),
    confirmation_token: id().optional(),
    mandate_data: mandateData().optional(),
    customer: id().optional(),
    description: text({ max: 1000 }).optional(),
    metadata: metadata().optional(),
    payment_method_configuration: id().optional(),
    payment_method_options: paymentMethodOptions().optional(),
    payment_method_types: paymentMethodTypes().optional(),
    return_url: httpUrl().optional(),
    usage: oneOf(['off_session', 'on_session']).optional(),
  }),
  shows: 'setupIntent',
  through: 'workflow',
  stored: withoutCard,
  unsupported: [...UNSUPPORTED, ...UNSUPPORTED_OPTIONS],
  async handle(request) {
    refuseTokenWithoutConfirm(request.parameters);
    const params = await withToken(request, request.parameters);
    const parties = await partiesOf(request, params);
    const { customer, method, existing } = parties;
    const key = request.newId('seti');
    await spendToken(request, params, key);
    await request.change({
      step: 'createSetupIntent',
      customer,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          ...(existing === null ? [] : [byKey('paymentMethod', existing)]),
          configurationFor(params.payment_method_configuration),
        ]),
      plan: (changes) => {
        newSetupIntent(changes, {
          customer,
          subscription: null,
          paymentMethod: putMethod(changes, method),
          usage: params.usage ?? 'off_session',
          ...methodTypes(changes.rows, { ...params, once: false }),
          paymentMethodOptions: params.payment_method_options ?? null,
          description: params.description ?? null,
          returnUrl: params.return_url ?? null,
          metadata: params.metadata ?? {},
        });
      },
    });
    if (params.confirm) {
      await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer }, confirmSetupUpdate, targetOf(request, parties));
    }
    return { kind: 'setupIntent', key };
  },
});
