import { BillingError } from '../../../domain/core/errors';
import { restateRequest } from '../../../db/step-requests';
import type { ChangeUpdate } from '../../../workflows/contract';
import type { Entity } from '../../writes/entities';
import { checkPriced, namePrices } from '../../writes/inline-prices';
import { checkReferences } from '../../writes/references';
import type { ApiRequest } from '../../http/request';
import { checkDiscounts, referencesOfItem, refuseWaitingDiscounts, type Item } from '../../schemas/pricing';
import { pricedByPlan } from '../../schemas/plan';

/** Rows that an item references must exist, and it must have exactly one price. */
export async function checkItem<P extends Item & { payment_behavior?: string | undefined }>(request: ApiRequest<P>): Promise<void> {
  const params = pricedByPlan(request.parameters);
  checkPriced(params, '');
  checkDiscounts(params.discounts, 'discounts');
  refuseWaitingDiscounts([params], params.payment_behavior, () => 'discounts');
  await checkReferences(request, referencesOfItem(params, ''));
}

/** For the subscription this is an update of one of its items. The caller only sees the item, so errors name the item's own parameters. */
export async function changeItem<P>(request: ApiRequest<P>, entity: Entity, update: ChangeUpdate): Promise<void> {
  try {
    await request.changeThroughWorkflow(entity, update);
  } catch (error) {
    if (!(error instanceof BillingError)) throw error;
    const { param, ...details } = error.details;
    const own = param === 'items' ? undefined : param?.replace(/^items\[0\]\[(\w+)\]/, '$1');
    throw new BillingError(error.code, error.message, { ...details, ...(own === undefined ? {} : { param: own }) });
  }
}

/** Creates the inline price, and stores its id in the parameters that the workflow reads. */
export async function nameItemPrice<P extends Item>(request: ApiRequest<P>, customer: string): Promise<void> {
  if (!request.parameters.price_data) return;
  const [named] = await namePrices(request, customer, [request.parameters], ['']);
  await restateRequest(request.deps.sql, request.id, { ...named, path: request.path });
}
