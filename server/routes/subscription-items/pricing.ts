import { restateRequest } from '../../../db/step-requests';
import { checkPriced, namePrices } from '../../inline-prices';
import { checkReferences } from '../../references';
import type { ApiRequest } from '../../request';
import { referencesOfItem, type Item } from '../subscriptions/pricing';

/** What one item names must be there, and say its price once. */
export async function checkItem<P extends Item>(request: ApiRequest<P>): Promise<void> {
  const asked = request.parameters;
  checkPriced(asked, '');
  await checkReferences(request, referencesOfItem(asked, ''));
}

/** Makes the price that is described, and has the workflow read its name. */
export async function nameItemPrice<P extends Item>(request: ApiRequest<P>, customer: string): Promise<void> {
  if (!request.parameters.price_data) return;
  const [named] = await namePrices(request, customer, [request.parameters], ['']);
  await restateRequest(request.deps.sql, request.id, { ...named, path: request.path });
}
