import { BillingError } from '../../domain/core/errors';
import type { Subscription } from '../../domain/rows/subscription';
import { subscriptionEntity, unlessDone } from '../writes/entities';
import { missing, type ApiRequest } from '../http/request';

/** What may still be noted of a subscription that has ended. */
const NOTES: readonly string[] = ['cancellation_details', 'metadata'];

export const hasEnded = ({ status }: Pick<Subscription, 'status'>): boolean => status === 'canceled' || status === 'incomplete_expired';

/** The subscription that the path names, for what only a living one can do. To such calls one that has ended is not there. */
export function findLiving<P>(request: ApiRequest<P>): Promise<Subscription> {
  return findLivingNamed(request, request.pathId('subscription'), 'id');
}

/** The same for one that a parameter names. */
export async function findLivingNamed<P>(request: ApiRequest<P>, id: string, param = 'subscription'): Promise<Subscription> {
  const subscription = await request.find('subscription', id, param);
  await unlessDone(request, subscriptionEntity(subscription), () => {
    if (hasEnded(subscription)) missing('subscription', id, param);
  });
  return subscription;
}

/** @throws subscription_canceled where more than notes would change */
export function onlyNotesWhenEnded(subscription: Subscription, params: object): void {
  if (!hasEnded(subscription)) return;
  const other = Object.entries(params).find(([name, value]) => value !== undefined && !NOTES.includes(name));
  if (!other) return;
  throw new BillingError('subscription_canceled', 'A canceled subscription can only update its cancellation_details and metadata.', {
    param: other[0],
  });
}
