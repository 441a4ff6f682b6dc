import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a subscription.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSubscription = operation({
  method: 'get',
  path: '/v1/subscriptions/:subscription',
  summary: 'Retrieve a subscription',
  tag: 'Subscriptions',
  parameters: parameters({}),
  shows: 'subscription',
  handle: async (request) => {
    const { id } = await request.find('subscription', request.pathId('subscription'));
    return { kind: 'subscription', key: id };
  },
});
