import { cancelScheduleUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { findEditable } from './schedule';

/**
 * Cancels a schedule and its subscription at once.
 *
 * @throws BillingError resource_missing, subscription_not_editable, lock_timeout
 */
export const cancelSchedule = operation({
  method: 'post',
  path: '/v1/subscription_schedules/:schedule/cancel',
  summary: 'Cancel a subscription schedule',
  tag: 'Subscription schedules',
  parameters: parameters({ invoice_now: boolean().optional(), prorate: boolean().optional() }),
  shows: 'subscriptionSchedule',
  through: 'workflow',
  handle: async (request) => {
    const { schedule, entity } = await findEditable(request);
    await request.changeThroughWorkflow(entity, cancelScheduleUpdate);
    return { kind: 'subscriptionSchedule', key: schedule.id };
  },
});
