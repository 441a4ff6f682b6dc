import { loadFacts, lockIntent } from '../../../db/facts';
import { updatePaymentIntent } from '../../../domain/payment/intent-changes';
import { refuseUnchargeable } from '../../../domain/money/minimum-charge';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { currency, emptyable, id, integer, parameters } from '../../http/parameters';
import { intentDetails, methodOf, methodParameters, paymentMethodTypes, putMethod, toShipping, UNSUPPORTED } from '../../schemas/payment-intent';

/**
 * Changes a payment intent before it is paid; afterwards only what describes it.
 *
 * Answers `resource_missing`, `payment_intent_unexpected_state`, `payment_attempt_in_progress`, `payment_method_unusable`,
 * `amount_too_small`, `amount_too_large`, `lock_timeout`.
 */
export const updatePaymentIntentOperation = operation({
  method: 'post',
  path: '/v1/payment_intents/:payment_intent',
  summary: 'Update a payment intent',
  tag: 'Payment intents',
  parameters: parameters({
    ...intentDetails,
    ...methodParameters,
    amount: integer({ min: 1 }).optional(),
    currency: currency().optional(),
    customer: emptyable(id()).optional(),
    payment_method_types: paymentMethodTypes().optional(),
  }),
  shows: 'paymentIntent',
  unsupported: [...UNSUPPORTED, 'capture_method', 'payment_method_options'],
  async handle(request) {
    const asked = request.parameters;
    onlyOne(asked, ['payment_method', 'payment_method_data']);
    const intent = await request.find('paymentIntent', request.pathId('payment_intent'));
    if (asked.customer) await request.find('customer', asked.customer, 'customer');
    if (asked.amount !== undefined) refuseUnchargeable(asked.amount, asked.currency ?? intent.currency);
    const method = await methodOf(request, asked);
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
      load: async (tx) => {
        await lockIntent(tx, facts);
        return loadFacts(tx, facts);
      },
      plan: (plan) => {
        updatePaymentIntent(plan, intent.id, {
          amount: asked.amount,
          currency: asked.currency,
          customer: asked.customer,
          paymentMethod: method === null ? undefined : (putMethod(plan, method) ?? undefined),
          paymentMethodTypes: asked.payment_method_types,
          setupFutureUsage: asked.setup_future_usage,
          description: asked.description,
          receiptEmail: asked.receipt_email,
          shipping: asked.shipping && toShipping(asked.shipping),
          statementDescriptor: asked.statement_descriptor,
          statementDescriptorSuffix: asked.statement_descriptor_suffix,
          metadata: asked.metadata,
        });
      },
    });
    return { kind: 'paymentIntent', key: intent.id };
  },
});
