import { lockFacts } from '../../../db/facts';
import { updatePaymentIntent } from '../../../domain/payment/intent-changes';
import { refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { shippingOf } from '../../../domain/rows/resource';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { currency, emptyable, id, integer, parameters } from '../../http/parameters';
import {
  allowedPaymentMethodTypes,
  hooks,
  intentDetails,
  methodOf,
  methodParameters,
  paymentMethodTypes,
  putMethod,
  taxCalculationOf,
  UNSUPPORTED,
} from '../../schemas/payment-intent';

/**
 * Changes a payment intent before it is paid; afterwards only descriptive fields.
 *
 * @throws BillingError resource_missing, payment_intent_unexpected_state, payment_attempt_in_progress, payment_method_unusable,
 * amount_too_small, amount_too_large, lock_timeout
 */
export const updatePaymentIntentOperation = operation({
  method: 'post',
  path: '/v1/payment_intents/:payment_intent',
  summary: 'Update a payment intent',
  tag: 'Payment intents',
  parameters: parameters({
    ...intentDetails,
    ...methodParameters,
    allowed_payment_method_types: allowedPaymentMethodTypes().optional(),
    amount: integer({ min: 1 }).optional(),
    currency: currency().optional(),
    customer: emptyable(id()).optional(),
    hooks: hooks().optional(),
    payment_method_types: paymentMethodTypes().optional(),
  }),
  shows: 'paymentIntent',
  unsupported: [...UNSUPPORTED, 'payment_method_configuration', 'capture_method', 'payment_method_options'],
  async handle(request) {
    const params = request.parameters;
    onlyOne(params, ['payment_method', 'payment_method_data']);
    const intent = await request.find('paymentIntent', request.pathId('payment_intent'));
    if (params.customer) await request.find('customer', params.customer, 'customer');
    if (params.amount !== undefined) refuseUnchargeable(params.amount, params.currency ?? intent.currency);
    const taxCalculation = await taxCalculationOf(request, params.hooks);
    const method = await methodOf(request, params);
    const { account } = request.scope;
    const facts = {
      account,
      customer: intent.customer,
      intent: intent.id,
      paymentMethod: method && 'existing' in method ? method.existing : null,
    };
    await request.change({
      step: 'updatePaymentIntent',
      customer: intent.customer,
      subject: intent.id,
      load: (tx) => lockFacts(tx, facts),
      plan: (changes) => {
        updatePaymentIntent(changes, intent.id, {
          amount: params.amount,
          currency: params.currency,
          customer: params.customer,
          paymentMethod: method === null ? undefined : (putMethod(changes, method) ?? undefined),
          allowedPaymentMethodTypes: params.allowed_payment_method_types,
          paymentMethodTypes: params.payment_method_types,
          setupFutureUsage: params.setup_future_usage,
          taxCalculation,
          description: params.description,
          receiptEmail: params.receipt_email,
          shipping: params.shipping && shippingOf(params.shipping),
          statementDescriptor: params.statement_descriptor,
          statementDescriptorSuffix: params.statement_descriptor_suffix,
          metadata: params.metadata,
        });
      },
    });
    return { kind: 'paymentIntent', key: intent.id };
  },
});
