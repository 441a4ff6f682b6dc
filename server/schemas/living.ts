import { BillingError } from '../../domain/core/errors';
import type { Subscription } from '../../domain/rows/subscription';
import { subscriptionEntity, unlessDone } from '../writes/entities';
import { missing, type ApiRequest } from '../http/request';

/** The parameters that can still change after a subscription has ended. */
const NOTES: readonly string[] = ['cancellation_details', 'metadata'];

export const hasEnded = ({ status }: Pick<Subscription, 'status'>): boolean => status === 'canceled' || status === 'incomplete_expired';

/** The subscription in the path, for operations on living ones. For these, an ended subscription is not found. */
export function findLiving<P>(request: ApiRequest<P>): Promise<Subscription> {
  return findLivingNamed(request, request.pathId('subscription'), 'id');
}

/** The same for a subscription that a parameter names. */
export async function findLivingNamed<P>(request: ApiRequest<P>, id: string, param = 'subscription'): Promise<Subscription> {
  const subscription = await request.find('subscription', id, param);
  await unlessDone(request, subscriptionEntity(subscription), () => {
    if (hasEnded(subscription)) missing('subscription', id, param);
  });
  return subscription;
}

/** @throws BillingError subscription_canceled if it has ended and other parameters would change */
export function onlyNotesWhenEnded(subscription: Subscription, params: object): void {
  if (!hasEnded(subscription)) return;
  const other = Object.entries(params).find(([name, value]) => value !== undefined && !NOTES.includes(name));
  if (!other) return;
  throw new BillingError('subscription_canceled', 'A canceled subscription can only update its cancellation_details and metadata.', {
    param: other[0],
  });
}
