import type { Subscription, SubscriptionItem } from '../../../domain/rows/subscription';
import { subscriptionEntity, unlessDone } from '../../writes/entities';
import { missing, type ApiRequest } from '../../http/request';
import { findLivingNamed } from '../../schemas/living';

/** The item in the path, with its subscription, which must not have ended. */
export async function findItem<P>(request: ApiRequest<P>): Promise<{ item: SubscriptionItem; subscription: Subscription }> {
  const item = await request.find('subscriptionItem', request.pathId('item'));
  const subscription = await findLivingNamed(request, item.subscription, 'id');
  await unlessDone(request, subscriptionEntity(subscription), () => {
    if (item.deleted) missing('subscriptionItem', item.id);
  });
  return { item, subscription };
}
