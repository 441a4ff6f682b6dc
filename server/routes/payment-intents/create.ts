import type { z } from 'zod';
import { refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { newPaymentIntent, type NewPaymentIntent } from '../../../domain/payment/intents';
import { shippingOf } from '../../../domain/rows/resource';
import { byKey, configurationFor, loadMatching } from '../../../db/matching';
import { confirmPaymentUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, currency, id, integer, oneOf, parameters } from '../../http/parameters';
import { refuseTokenWithoutConfirm, spendToken, withToken } from '../../schemas/confirmation-token';
import { mandateData } from '../../schemas/mandate';
import { paymentOptions, refuseWrongEnd, UNSUPPORTED_OPTIONS } from '../../schemas/intent-options';
import {
  allowedPaymentMethodTypes,
  automaticPaymentMethods,
  hooks,
  intentDetails,
  methodParameters,
  methodTypes,
  paymentMethodTypes,
  partiesOf,
  putMethod,
  targetOf,
  taxCalculationOf,
  UNSUPPORTED,
  withoutCard,
} from '../../schemas/payment-intent';
import { httpUrl } from '../../http/text-parameters';

const createParameters = parameters({
  ...intentDetails,
  ...methodParameters,
  allowed_payment_method_types: allowedPaymentMethodTypes().optional(),
  amount: integer({ min: 1 }),
  automatic_payment_methods: automaticPaymentMethods().optional(),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: boolean().optional(),
  confirmation_token: id().optional(),
  mandate_data: mandateData().optional(),
  confirmation_method: oneOf(['automatic', 'manual']).optional(),
  currency: currency(),
  customer: id().optional(),
  hooks: hooks().optional(),
  off_session: boolean()
    .or(oneOf(['one_off', 'recurring']))
    .optional(),
  payment_method_configuration: id().optional(),
  payment_method_options: paymentOptions().optional(),
  payment_method_types: paymentMethodTypes().optional(),
  return_url: httpUrl().optional(),
});

/**
 * Creates a payment intent and, with `confirm`, pays it within the call.
 *
 * @throws BillingError amount_too_small, amount_too_large, parameters_exclusive, resource_missing, payment_method_unusable, lock_timeout,
 * and 402 with the decline and the intent
 */
export const createPaymentIntent = operation({
  method: 'post',
  path: '/v1/payment_intents',
  summary: 'Create a payment intent',
  tag: 'Payment intents',
  parameters: createParameters,
  shows: 'paymentIntent',
  through: 'workflow',
  stored: withoutCard,
  unsupported: [...UNSUPPORTED, ...UNSUPPORTED_OPTIONS],
  async handle(request) {
    refuseUnchargeable(request.parameters.amount, request.parameters.currency);
    refuseTokenWithoutConfirm(request.parameters);
    const params = await withToken(request, request.parameters);
    const parties = await partiesOf(request, params);
    const { customer, method, existing } = parties;
    refuseWrongEnd(params.payment_method_options, await request.now(customer));
    const taxCalculation = (await taxCalculationOf(request, params.hooks)) ?? null;
    const key = request.newId('pi');
    await spendToken(request, params, key);
    await request.change({
      step: 'createPaymentIntent',
      customer,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          ...(existing === null ? [] : [byKey('paymentMethod', existing)]),
          configurationFor(params.payment_method_configuration),
        ]),
      plan: (changes) =>
        void newPaymentIntent(changes, {
          ...toIntent(params),
          ...methodTypes(changes.rows, { ...params, once: takesOnce(params) }),
          taxCalculation,
          customer,
          paymentMethod: putMethod(changes, method),
        }),
    });
    if (params.confirm) {
      await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer }, confirmPaymentUpdate, targetOf(request, parties));
    }
    return { kind: 'paymentIntent', key };
  },
});

type Asked = z.output<typeof createParameters>;

function toIntent(params: Asked): Omit<NewPaymentIntent, 'customer' | 'paymentMethod' | 'paymentMethodTypes'> {
  return {
    amount: params.amount,
    currency: params.currency,
    invoice: null,
    captureMethod: params.capture_method ?? 'automatic_async',
    confirmationMethod: params.confirmation_method ?? 'automatic',
    paymentMethodOptions: params.payment_method_options ?? null,
    returnUrl: params.return_url ?? null,
    ...details(params),
  };
}

function details(params: Asked) {
  return {
    description: params.description ?? null,
    metadata: params.metadata ?? {},
    receiptEmail: params.receipt_email ?? null,
    setupFutureUsage: params.setup_future_usage ?? null,
    shipping: params.shipping ? shippingOf(params.shipping) : null,
    statementDescriptor: params.statement_descriptor ?? null,
    statementDescriptorSuffix: params.statement_descriptor_suffix ?? null,
  };
}

/** Whether it may be paid by a type that pays once, at once. */
const takesOnce = (params: { capture_method?: string | undefined; setup_future_usage?: string | null | undefined }): boolean =>
  params.capture_method !== 'manual' && (params.setup_future_usage ?? null) === null;
