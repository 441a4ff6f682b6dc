import { releaseScheduleUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { findEditable } from './schedule';

/**
 * Ends a schedule, and leaves its subscription unchanged.
 *
 * @throws BillingError resource_missing, subscription_not_editable, lock_timeout
 */
export const releaseSchedule = operation({
  method: 'post',
  path: '/v1/subscription_schedules/:schedule/release',
  summary: 'Release a subscription schedule',
  tag: 'Subscription schedules',
  parameters: parameters({ preserve_cancel_date: boolean().optional() }),
  shows: 'subscriptionSchedule',
  through: 'workflow',
  handle: async (request) => {
    const { schedule, entity } = await findEditable(request);
    await request.changeThroughWorkflow(entity, releaseScheduleUpdate);
    return { kind: 'subscriptionSchedule', key: schedule.id };
  },
});
