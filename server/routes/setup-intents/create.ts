import { byKey, loadMatching } from '../../../db/matching';
import { newSetupIntent } from '../../../domain/setup-intents';
import { confirmSetupUpdate } from '../../../workflows/contract';
import { onlyOne } from '../../exclusive';
import { operation } from '../../operation';
import { boolean, id, metadata, oneOf, parameters, text } from '../../parameters';
import { missing } from '../../request';
import { putMethod } from '../payment-intents/create';
import {
  automaticPaymentMethods,
  methodOf,
  methodParameters,
  methodTypes,
  paymentMethodOptions,
  paymentMethodTypes,
  withoutCard,
} from '../payment-intents/parameters';
import { UNSUPPORTED } from './parameters';

/**
 * Creates a setup intent and, with `confirm`, verifies its card within the call.
 *
 * Answers `parameters_exclusive`, `resource_missing`, `payment_method_unusable`, `lock_timeout`, and 402 with the decline.
 */
export const createSetupIntent = operation({
  method: 'post',
  path: '/v1/setup_intents',
  summary: 'Create a setup intent',
  tag: 'Setup intents',
  parameters: parameters({
    ...methodParameters,
    automatic_payment_methods: automaticPaymentMethods().optional(),
    confirm: boolean().optional(),
    customer: id().optional(),
    description: text({ max: 1000 }).optional(),
    metadata: metadata().optional(),
    payment_method_options: paymentMethodOptions().optional(),
    payment_method_types: paymentMethodTypes().optional(),
    return_url: text({ max: 2048 }).optional(),
    usage: oneOf(['off_session', 'on_session']).optional(),
  }),
  shows: 'setupIntent',
  through: 'workflow',
  stored: withoutCard,
  unsupported: UNSUPPORTED,
  async handle(request) {
    const asked = request.parameters;
    onlyOne(asked, ['payment_method', 'payment_method_data']);
    onlyOne(asked, ['automatic_payment_methods', 'payment_method_types']);
    const customer = asked.customer === undefined ? null : await request.find('customer', asked.customer, 'customer');
    if (customer?.deleted) return missing('customer', customer.id, 'customer');
    const method = await methodOf(request, asked);
    const existing = method && 'existing' in method ? method.existing : null;
    await request.change({
      step: 'createSetupIntent',
      customer: customer?.id ?? null,
      load: (tx) => loadMatching(tx, request.scope, existing === null ? [] : [byKey('paymentMethod', existing)]),
      plan: (plan) => {
        newSetupIntent(plan, {
          customer: customer?.id ?? null,
          subscription: null,
          paymentMethod: putMethod(plan, method),
          usage: asked.usage ?? 'off_session',
          ...methodTypes(asked),
          paymentMethodOptions: asked.payment_method_options ?? null,
          description: asked.description ?? null,
          returnUrl: asked.return_url ?? null,
          metadata: asked.metadata ?? {},
        });
      },
    });
    const key = request.newId('seti');
    if (asked.confirm) {
      const target = existing ?? (method ? request.newId('pm') : undefined);
      await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer: customer?.id ?? null }, confirmSetupUpdate, target);
    }
    return { kind: 'setupIntent', key };
  },
});
