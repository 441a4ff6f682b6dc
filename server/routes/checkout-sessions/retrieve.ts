import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a checkout session.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCheckoutSession = operation({
  method: 'get',
  path: '/v1/checkout/sessions/:session',
  summary: 'Retrieve a checkout session',
  tag: 'Checkout',
  parameters: parameters({}),
  shows: 'checkoutSession',
  handle: async (request) => {
    const { id } = await request.find('checkoutSession', request.pathId('session'));
    return { kind: 'checkoutSession', key: id };
  },
});
