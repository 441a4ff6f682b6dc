import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a subscription schedule.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSchedule = operation({
  method: 'get',
  path: '/v1/subscription_schedules/:schedule',
  summary: 'Retrieve a subscription schedule',
  tag: 'Subscription schedules',
  parameters: parameters({}),
  shows: 'subscriptionSchedule',
  handle: async (request) => {
    const { id } = await request.find('subscriptionSchedule', request.pathId('schedule'));
    return { kind: 'subscriptionSchedule', key: id };
  },
});
