import { confirmSession } from '../../checkout/confirm';
import { operation } from '../../http/operation';
import { id, integer, parameters } from '../../http/parameters';
import { methodOf } from '../../schemas/payment-intent';

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
    await confirmSession(request, session, {
      method: await methodOf(request, request.parameters),
      // Who completes a checkout without its page has the buyer's consent in writing.
      mandate: { customer_acceptance: { type: 'offline' } },
      details: {},
      answers: null,
      consents: { withdrawal: false, renewal: false },
      expectedAmount: expected,
      attempt: null,
    });
    return { kind: 'checkoutSession', key: session.id };
  },
});
