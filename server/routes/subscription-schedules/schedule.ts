import { notEditable } from '../../../domain/subscription-schedules';
import type { SubscriptionSchedule } from '../../../domain/subscription-schedule';
import { subscriptionEntity, unlessDone, type Entity } from '../../entities';
import type { ApiRequest } from '../../request';

/** Before its start a schedule has a workflow of its own; then it is carried out by its subscription's. */
export function scheduleEntity({ id, customer, status, subscription, releasedSubscription }: SubscriptionSchedule): Entity {
  const driven = subscription ?? releasedSubscription;
  if (status === 'not_started' || driven === null) return { kind: 'schedule', subject: id, customer };
  return subscriptionEntity({ id: driven, customer });
}

/** The schedule that the path names, for what only one can do that has not ended. */
export async function findEditable<P>(request: ApiRequest<P>): Promise<{ schedule: SubscriptionSchedule; entity: Entity }> {
  const schedule = await request.find('subscriptionSchedule', request.pathId('schedule'));
  const entity = scheduleEntity(schedule);
  await unlessDone(request, entity, () => {
    if (schedule.status !== 'not_started' && schedule.status !== 'active') throw notEditable(schedule.id, schedule.status);
  });
  return { schedule, entity };
}
