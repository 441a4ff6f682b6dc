import { updateScheduleUpdate } from '../../../workflows/contract';
import { unlessDone } from '../../writes/entities';
import { operation } from '../../http/operation';
import { metadata, parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { prorationBehavior } from '../../schemas/subscription';
import { checkPhases, namePhasePrices, referencesOfSchedule } from './phases';
import { findEditable } from './schedule';
import { changedPhases, defaultSettings, endBehavior, UNSUPPORTED_OF_SCHEDULES } from './schemas';

const updateParameters = parameters({
  default_settings: defaultSettings().optional(),
  end_behavior: endBehavior().optional(),
  metadata: metadata().optional(),
  phases: changedPhases().optional(),
  proration_behavior: prorationBehavior().optional(),
});

/**
 * Changes a schedule. `phases` are the running one and all later ones; missing phases are dropped. A change of the running phase changes
 * its subscription now, prorated by `proration_behavior`.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, too_many_items,
 * amount_too_large, subscription_not_editable, lock_timeout
 */
export const updateSchedule = operation({
  method: 'post',
  path: '/v1/subscription_schedules/:schedule',
  summary: 'Update a subscription schedule',
  tag: 'Subscription schedules',
  parameters: updateParameters,
  shows: 'subscriptionSchedule',
  through: 'workflow',
  unsupported: UNSUPPORTED_OF_SCHEDULES,
  handle: async (request) => {
    const { schedule, entity } = await findEditable(request);
    const params = request.parameters;
    await unlessDone(request, entity, async () => {
      checkPhases(params.phases ?? []);
      await checkReferences(request, referencesOfSchedule(schedule.customer, params));
    });
    await namePhasePrices(request, schedule.customer);
    await request.changeThroughWorkflow(entity, updateScheduleUpdate);
    return { kind: 'subscriptionSchedule', key: schedule.id };
  },
});
