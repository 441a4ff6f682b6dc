import { countSubscriptions } from '../../../db/counts';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { unlessDone, type Entity } from '../../writes/entities';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError too_many_subscriptions if the customer has reached the limit, unless this same request has created the last one */
export async function assertRoom<P>(request: ApiRequest<P>, entity: Entity): Promise<void> {
  const { customer } = entity;
  if (customer === null) return;
  await unlessDone(request, entity, async () => {
    const { max } = LIMITS.subscriptionsPerCustomer;
    if ((await countSubscriptions(request.deps.sql, customer)) < max) return;
    const message = `The customer ${customer} has ${String(max)} subscriptions, which is the most there can be.`;
    throw new BillingError('too_many_subscriptions', message, { param: 'customer' });
  });
}
