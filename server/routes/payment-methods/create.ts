import { newPaymentMethod } from '../../../domain/customer/payment-methods';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { storedMethod, storedMethodOf } from '../../processors/stored-method';
import { newMethodOf } from '../../sandbox/new-method';
import { paymentMethodData, toBillingDetails } from '../../schemas/payment-method';

/**
 * Creates a payment method from a test token, or from the number of one of the sandbox's cards or bank accounts; it has no customer until it is attached.
 * `processor` is Dunlin's own: it names a card that the seller's app has stored at a processor, with the processor's own fields.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive, resource_missing (the token), and 402 with incorrect_number,
 * invalid_expiry_month, invalid_expiry_year, expired_card, invalid_cvc, card_declined (not a test card, or declined by its bank)
 */
export const createPaymentMethod = operation({
  method: 'post',
  path: '/v1/payment_methods',
  summary: 'Create a payment method',
  tag: 'Payment methods',
  parameters: parameters({ ...paymentMethodData, processor: storedMethod.optional() }),
  shows: 'paymentMethod',
  unsupported: ['customer', 'payment_method', 'radar_options', 'card[networks]'],
  async handle(request) {
    const { billing_details, processor, ...given } = request.parameters;
    const details = { ...given, billing_details: toBillingDetails(billing_details) };
    const method = processor ? await storedMethodOf(request, processor, details) : await newMethodOf(request, details);
    await request.change({ step: 'createPaymentMethod', customer: null, plan: (changes) => void newPaymentMethod(changes, method) });
    return { kind: 'paymentMethod', key: request.newId('pm') };
  },
});
