import { countSubscriptions } from '../../../db/counts';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { unlessDone, type Entity } from '../../writes/entities';
import type { ApiRequest } from '../../http/request';

/** @throws too_many_subscriptions where the customer has as many as there can be, unless this very request has made the last */
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
