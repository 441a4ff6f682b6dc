import { confirmSession } from '../../checkout/confirm';
import { operation } from '../../http/operation';
import { id, integer, parameters } from '../../http/parameters';
import { NO_DETAILS, type CheckoutCustomerDetails, type CheckoutSession } from '../../../domain/rows/checkout-session';
import type { ApiRequest } from '../../http/request';
import { methodOf, type MethodOfRequest } from '../../schemas/payment-intent';

/**
 * Completes a checkout without its page, as Stripe's CLI does in `stripe trigger checkout.session.completed`. `expected_amount` is what the
 * buyer agreed to: more is never charged.
 *
 * @throws BillingError resource_missing, parameter_missing, checkout_session_unexpected_state, checkout_amount_changed,
 * payment_attempt_in_progress, and 402 with the decline
 */
export const confirmPaymentPage = operation({
  method: 'post',
  path: '/v1/payment_pages/:session/confirm',
  summary: 'Complete a checkout session without its page',
  tag: 'Checkout',
  own: true,
  parameters: parameters({ expected_amount: integer({ min: 0 }).optional(), payment_method: id().optional() }),
  shows: 'checkoutSession',
  through: 'workflow',
  async handle(request) {
    const session = await request.find('checkoutSession', request.pathId('session'));
    const { expected_amount: expected = null } = request.parameters;
    const method = await methodOf(request, request.parameters);
    await confirmSession(request, session, {
      method,
      // Who completes a checkout without its page has the buyer's consent in writing.
      mandate: { customer_acceptance: { type: 'offline' } },
      details: await payerOf(request, session, method),
      answers: null,
      consents: { withdrawal: false, renewal: false },
      expectedAmount: expected,
      attempt: null,
    });
    return { kind: 'checkoutSession', key: session.id };
  },
});

/** What is not known of the buyer yet is what the payment method says of its holder. */
async function payerOf(
  request: ApiRequest<unknown>,
  { customerDetails }: CheckoutSession,
  method: MethodOfRequest,
): Promise<Partial<CheckoutCustomerDetails>> {
  if (method === null || 'made' in method) return {};
  const known = customerDetails ?? NO_DETAILS;
  const { address, email, name, phone } = (await request.find('paymentMethod', method.existing)).billingDetails;
  return {
    ...{ email: known.email ?? email, name: known.name ?? name, phone: known.phone ?? phone },
    address: known.address ?? (address.country === null ? null : address),
  };
}
