import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Looks at a checkout session as its page does, as Stripe's CLI does before it completes one.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentPage = operation({
  method: 'get',
  path: '/v1/payment_pages/:session',
  summary: 'Look at a checkout session as its page does',
  tag: 'Checkout',
  own: true,
  parameters: parameters({}),
  shows: 'checkoutSession',
  handle: async (request) => {
    const { id } = await request.find('checkoutSession', request.pathId('session'));
    return { kind: 'checkoutSession', key: id };
  },
});
