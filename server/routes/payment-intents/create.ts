import { refuseUnchargeable } from '../../../domain/minimum-charge';
import { newPaymentMethod } from '../../../domain/payment-methods';
import { newPaymentIntent } from '../../../domain/payments';
import type { Plan } from '../../../domain/plan';
import { loadMatching, byKey } from '../../../db/matching';
import { confirmPaymentUpdate } from '../../../workflows/contract';
import { onlyOne } from '../../exclusive';
import { operation } from '../../operation';
import { boolean, currency, id, integer, oneOf, parameters, text } from '../../parameters';
import { missing } from '../../request';
import {
  automaticPaymentMethods,
  intentDetails,
  methodOf,
  methodParameters,
  methodTypes,
  paymentMethodOptions,
  paymentMethodTypes,
  toShipping,
  UNSUPPORTED,
  withoutCard,
  type MethodOfRequest,
} from './parameters';

const createParameters = parameters({
  ...intentDetails,
  ...methodParameters,
  amount: integer({ min: 1 }),
  automatic_payment_methods: automaticPaymentMethods().optional(),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: boolean().optional(),
  confirmation_method: oneOf(['automatic', 'manual']).optional(),
  currency: currency(),
  customer: id().optional(),
  off_session: boolean().or(oneOf(['one_off', 'recurring'])).optional(),
  payment_method_options: paymentMethodOptions().optional(),
  payment_method_types: paymentMethodTypes().optional(),
  return_url: text({ max: 2048 }).optional(),
});

/**
 * Creates a payment intent and, with `confirm`, pays it within the call.
 *
 * Answers `amount_too_small`, `amount_too_large`, `parameters_exclusive`, `resource_missing`, `payment_method_unusable`,
 * `lock_timeout`, and 402 with the decline and the intent.
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
  unsupported: UNSUPPORTED,
  async handle(request) {
    const asked = request.parameters;
    onlyOne(asked, ['payment_method', 'payment_method_data']);
    onlyOne(asked, ['automatic_payment_methods', 'payment_method_types']);
    refuseUnchargeable(asked.amount, asked.currency);
    const customer = asked.customer === undefined ? null : await request.find('customer', asked.customer, 'customer');
    if (customer?.deleted) return missing('customer', customer.id, 'customer');
    const method = await methodOf(request, asked);
    const existing = method && 'existing' in method ? method.existing : null;
    await request.change({
      step: 'createPaymentIntent',
      customer: customer?.id ?? null,
      load: (tx) => loadMatching(tx, request.scope, existing === null ? [] : [byKey('paymentMethod', existing)]),
      plan: (plan) => {
        const { paymentMethodTypes, automaticPaymentMethods } = methodTypes(asked);
        newPaymentIntent(plan, {
          customer: customer?.id ?? null,
          amount: asked.amount,
          currency: asked.currency,
          invoice: null,
          paymentMethod: putMethod(plan, method),
          setupFutureUsage: asked.setup_future_usage ?? null,
          paymentMethodTypes,
          automaticPaymentMethods,
          paymentMethodOptions: asked.payment_method_options ?? null,
          description: asked.description ?? null,
          captureMethod: asked.capture_method ?? 'automatic_async',
          confirmationMethod: asked.confirmation_method ?? 'automatic',
          returnUrl: asked.return_url ?? null,
          receiptEmail: asked.receipt_email ?? null,
          shipping: asked.shipping ? toShipping(asked.shipping) : null,
          statementDescriptor: asked.statement_descriptor ?? null,
          statementDescriptorSuffix: asked.statement_descriptor_suffix ?? null,
          metadata: asked.metadata ?? {},
        });
      },
    });
    const key = request.newId('pi');
    if (asked.confirm) {
      const target = existing ?? (method ? request.newId('pm') : undefined);
      await request.changeThroughWorkflow({ kind: 'payment', subject: key, customer: customer?.id ?? null }, confirmPaymentUpdate, target);
    }
    return { kind: 'paymentIntent', key };
  },
});

/** The payment method's id; one that came along is made with the intent. */
export function putMethod(plan: Plan, method: MethodOfRequest): string | null {
  if (method === null) return null;
  return 'made' in method ? newPaymentMethod(plan, method.made).id : method.existing;
}
