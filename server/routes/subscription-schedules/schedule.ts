import { wasCommitted } from '../../../db/timeline';
import { notEditable } from '../../../domain/schedule/requests';
import type { SubscriptionSchedule } from '../../../domain/rows/subscription-schedule';
import { workflowId } from '../../../domain/rows/workflow';
import { subscriptionEntity, unlessDone, type Entity } from '../../writes/entities';
import type { ApiRequest } from '../../http/request';

/** Before its start a schedule has its own workflow; after that its subscription's workflow runs it. */
async function scheduleEntity<P>(request: ApiRequest<P>, schedule: SubscriptionSchedule): Promise<Entity> {
  const { id, customer, status, subscription, releasedSubscription } = schedule;
  const driven = subscription ?? releasedSubscription;
  if (status === 'not_started' || driven === null || (await wentToSchedule(request, id)))
    return { kind: 'schedule', subject: id, customer };
  return subscriptionEntity({ id: driven, customer });
}

/** A request that is repeated after a crash goes to the same workflow as before, even if the schedule has started since. */
export async function wentToSchedule<P>({ deps, id: commitKey, idempotencyKey }: ApiRequest<P>, schedule: string): Promise<boolean> {
  return idempotencyKey !== null && (await wasCommitted(deps.sql, workflowId('schedule', schedule), commitKey));
}

/** The schedule in the path, which must not have ended. */
export async function findEditable<P>(request: ApiRequest<P>): Promise<{ schedule: SubscriptionSchedule; entity: Entity }> {
  const schedule = await request.find('subscriptionSchedule', request.pathId('schedule'));
  const entity = await scheduleEntity(request, schedule);
  await unlessDone(request, entity, () => {
    if (schedule.status !== 'not_started' && schedule.status !== 'active') throw notEditable(schedule.id, schedule.status);
  });
  return { schedule, entity };
}
