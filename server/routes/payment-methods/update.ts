import { loadCustomerFacts } from '../../../db/customers';
import { byKey, loadMatching } from '../../../db/matching';
import { updatePaymentMethod } from '../../../domain/customer/payment-methods';
import { operation } from '../../http/operation';
import { integer, metadata, object, parameters } from '../../http/parameters';
import { allowRedisplay, billingDetails, toBillingDetails } from '../../schemas/payment-method';

/**
 * Changes a payment method's billing details, expiry and metadata.
 *
 * @throws BillingError resource_missing, parameter_invalid, lock_timeout
 */
export const updatePaymentMethodOperation = operation({
  method: 'post',
  path: '/v1/payment_methods/:payment_method',
  summary: 'Update a payment method',
  tag: 'Payment methods',
  parameters: parameters({
    allow_redisplay: allowRedisplay().optional(),
    billing_details: billingDetails().optional(),
    card: object({ exp_month: integer({ min: 1, max: 12 }).optional(), exp_year: integer({ min: 2000, max: 2999 }).optional() }).optional(),
    metadata: metadata().optional(),
  }),
  shows: 'paymentMethod',
  unsupported: ['card[networks]'],
  async handle(request) {
    const { id, customer } = await request.find('paymentMethod', request.pathId('payment_method'));
    const { allow_redisplay, billing_details, card, metadata: given } = request.parameters;
    await request.change({
      step: 'updatePaymentMethod',
      customer,
      subject: id,
      load: (tx) =>
        customer === null
          ? loadMatching(tx, request.scope, [byKey('paymentMethod', id)])
          : loadCustomerFacts(tx, request.scope, customer, id),
      plan: (changes) => {
        updatePaymentMethod(changes, id, {
          allowRedisplay: allow_redisplay,
          billingDetails: toBillingDetails(billing_details),
          expMonth: card?.exp_month,
          expYear: card?.exp_year,
          metadata: given,
        });
      },
    });
    return { kind: 'paymentMethod', key: id };
  },
});
