import { newPaymentMethod } from '../../../domain/customer/payment-methods';
import { refuseOfCheckout } from '../../../domain/payment/intent-refusals';
import { confirmPaymentUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, emptyable, id, oneOf, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { spendToken, withToken } from '../../schemas/confirmation-token';
import { mandateData } from '../../schemas/mandate';
import { paymentOptions, refuseWrongEnd, UNSUPPORTED_OPTIONS } from '../../schemas/intent-options';
import {
  allowedPaymentMethodTypes,
  hooks,
  methodOf,
  methodParameters,
  taxCalculationOf,
  UNSUPPORTED,
  withoutCard,
  type MethodOfRequest,
} from '../../schemas/payment-intent';
import { email, httpUrl } from '../../http/text-parameters';

const confirmParameters = parameters({
  ...methodParameters,
  confirmation_token: id().optional(),
  mandate_data: mandateData().optional(),
  allowed_payment_method_types: allowedPaymentMethodTypes().optional(),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  hooks: hooks().optional(),
  off_session: boolean()
    .or(oneOf(['one_off', 'recurring']))
    .optional(),
  payment_method_options: paymentOptions().optional(),
  receipt_email: emptyable(email()).optional(),
  return_url: httpUrl().optional(),
  setup_future_usage: emptyable(oneOf(['off_session', 'on_session'])).optional(),
});

/**
 * Pays a payment intent, also that of an invoice, which is then paid with it. If several callers try at the same moment, it is charged
 * once, and the others are refused.
 *
 * @throws BillingError resource_missing, parameter_invalid, payment_intent_unexpected_state, payment_method_unusable,
 * payment_attempt_in_progress, lock_timeout, and 402 with the decline and the intent
 */
export const confirmPaymentIntent = operation({
  method: 'post',
  path: '/v1/payment_intents/:payment_intent/confirm',
  summary: 'Confirm a payment intent',
  tag: 'Payment intents',
  parameters: confirmParameters,
  shows: 'paymentIntent',
  through: 'workflow',
  stored: withoutCard,
  unsupported: [...UNSUPPORTED, ...UNSUPPORTED_OPTIONS, 'payment_method_configuration', 'shipping', 'payment_method_types'],
  async handle(request) {
    const intent = await request.find('paymentIntent', request.pathId('payment_intent'));
    refuseOfCheckout(intent);
    const { id: key, customer } = intent;
    const params = await withToken(request, request.parameters);
    refuseWrongEnd(params.payment_method_options, await request.now(customer));
    await taxCalculationOf(request, params.hooks);
    const target = await makeMethod(request, await methodOf(request, params));
    await spendToken(request, params, key);
    await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer }, confirmPaymentUpdate, target);
    return { kind: 'paymentIntent', key };
  },
});

/** A new payment method is created before the call to the workflow, which then only needs its id. */
export async function makeMethod(request: ApiRequest<unknown>, method: MethodOfRequest): Promise<string | undefined> {
  if (method === null) return undefined;
  if ('existing' in method) return method.existing;
  await request.change({ step: 'createPaymentMethod', customer: null, plan: (changes) => void newPaymentMethod(changes, method.made) });
  return request.newId('pm');
}
