import { BillingError } from '../../../domain/core/errors';
import type { Rows } from '../../../domain/rows/rows';
import { createScheduleFromSubscriptionUpdate, createScheduleUpdate } from '../../../workflows/contract';
import { madeBy, subscriptionEntity, unlessDone, type Entity } from '../../writes/entities';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, metadata, parameters, timestampOrNow } from '../../http/parameters';
import { checkReferences, customerNamed } from '../../writes/references';
import { missing, type ApiRequest } from '../../http/request';
import { billingMode } from '../../schemas/subscription';
import { assertBackdating } from '../subscriptions/backdating';
import { hasEnded } from '../../schemas/living';
import { assertRoom } from '../subscriptions/room';
import { checkPhases, namePhasePrices, referencesOfSchedule } from './phases';
import { wentToSchedule } from './schedule';
import { defaultSettings, endBehavior, newPhases, UNSUPPORTED_OF_SCHEDULES } from './schemas';
import type { z } from 'zod';

const createParameters = parameters({
  billing_mode: billingMode().optional(),
  customer: id().optional(),
  default_settings: defaultSettings().optional(),
  end_behavior: endBehavior().optional(),
  from_subscription: id().optional(),
  metadata: metadata().optional(),
  phases: newPhases().optional(),
  start_date: timestampOrNow().optional(),
});
type Input = z.output<typeof createParameters>;

/**
 * Plans a subscription in phases. If it starts now or in the past, it is created within the call, and its first invoice is a draft for an
 * hour; a later one is created at its start. `from_subscription` puts a running subscription under a schedule, and takes no other
 * parameter.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * too_many_items, too_many_subscriptions, amount_too_large, subscription_not_editable
 */
export const createSchedule = operation({
  method: 'post',
  path: '/v1/subscription_schedules',
  summary: 'Create a subscription schedule',
  tag: 'Subscription schedules',
  parameters: createParameters,
  shows: 'subscriptionSchedule',
  through: 'workflow',
  unsupported: [...UNSUPPORTED_OF_SCHEDULES, 'billing_mode[flexible]', 'customer_account'],
  handle: async (request) => {
    const key = request.parameters.from_subscription === undefined ? await plan(request) : await migrate(request);
    return { kind: 'subscriptionSchedule', key };
  },
});

async function plan(request: ApiRequest<Input>): Promise<string> {
  const { customer, phases } = request.parameters;
  if (customer === undefined) throw new BillingError('parameter_missing', 'Missing required param: customer.', { param: 'customer' });
  if (!phases?.length) throw new BillingError('parameter_missing', 'Missing required param: phases.', { param: 'phases' });
  checkPhases(phases);
  const named = await checkReferences(request, [customerNamed(customer), ...referencesOfSchedule(customer, request.parameters)]);
  await namePhasePrices(request, customer);
  return begin(request, customer, named);
}

function checkBackdating({ start_date: from, phases: [phase] = [] }: Input, named: Rows, now: number): void {
  const isFree = phase?.proration_behavior === 'none' || phase?.trial === true || phase?.trial_end !== undefined;
  if (!phase || isFree || typeof from !== 'number') return;
  assertBackdating(named, { items: phase.items, extras: phase.add_invoice_items, from, now, param: 'start_date' });
}

/** If it starts now, its subscription's workflow creates both; otherwise its own workflow waits for the start. */
async function begin(request: ApiRequest<Input>, customer: string, named: Rows): Promise<string> {
  const { start_date: start } = request.parameters;
  const schedule = request.newId('sub_sched');
  const now = typeof start === 'number' ? await request.now(customer) : 0;
  const isLater = typeof start === 'number' && start > now;
  if (isLater || (await wentToSchedule(request, schedule))) {
    const later: Entity = { kind: 'schedule', subject: schedule, customer };
    await assertRoom(request, later);
    await request.changeThroughWorkflow(later, createScheduleUpdate);
    return schedule;
  }
  const entity: Entity = subscriptionEntity({ id: request.newId('sub'), customer });
  await unlessDone(request, entity, () => {
    checkBackdating(request.parameters, named, now);
  });
  await assertRoom(request, entity);
  await request.changeThroughWorkflow(entity, createScheduleUpdate);
  return madeBy(request, entity, 'sub_sched');
}

const ALONE = ['customer', 'phases', 'start_date', 'end_behavior', 'default_settings', 'billing_mode', 'metadata'] as const;

async function migrate(request: ApiRequest<Input>): Promise<string> {
  for (const name of ALONE) onlyOne(request.parameters, ['from_subscription', name]);
  const param = 'from_subscription';
  const subscription = await request.find('subscription', request.parameters.from_subscription as string, param);
  const entity = subscriptionEntity(subscription);
  await unlessDone(request, entity, () => {
    if (hasEnded(subscription)) missing('subscription', subscription.id, param);
  });
  await request.changeThroughWorkflow(entity, createScheduleFromSubscriptionUpdate);
  return madeBy(request, entity, 'sub_sched');
}
