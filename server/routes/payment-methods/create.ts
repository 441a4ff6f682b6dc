import { newPaymentMethod } from '../../../domain/customer/payment-methods';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { newMethodOf } from '../../sandbox/new-method';
import { paymentMethodData, toBillingDetails } from '../../schemas/payment-method';

/**
 * Creates a payment method from a test token, or from the number of one of the sandbox's cards or bank accounts; it has no customer until it is attached.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive, resource_missing (the token), and 402 with incorrect_number,
 * invalid_expiry_month, invalid_expiry_year, expired_card, invalid_cvc, card_declined (not a test card)
 */
export const createPaymentMethod = operation({
  method: 'post',
  path: '/v1/payment_methods',
  summary: 'Create a payment method',
  tag: 'Payment methods',
  parameters: parameters(paymentMethodData),
  shows: 'paymentMethod',
  unsupported: ['customer', 'payment_method', 'radar_options', 'card[networks]'],
  async handle(request) {
    const { billing_details, ...given } = request.parameters;
    const method = await newMethodOf(request, { ...given, billing_details: toBillingDetails(billing_details) });
    await request.change({ step: 'createPaymentMethod', customer: null, plan: (changes) => void newPaymentMethod(changes, method) });
    return { kind: 'paymentMethod', key: request.newId('pm') };
  },
});
