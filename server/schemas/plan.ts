import type { z } from 'zod';
import { onlyOne } from '../http/exclusive';

/** The older name of a price, which is the same object under the same id. */
interface Planned {
  plan?: string | undefined;
  price?: string | undefined;
  price_data?: unknown;
}

/** Renames `plan` to `price`, as all other code expects. */
export function pricedByPlan<I extends Planned>({ plan, ...item }: I): Omit<I, 'plan'> {
  return plan === undefined ? item : { ...item, price: plan };
}

/** For an item in a list: an item with both names is refused. */
export function planOfItem<I extends Planned>(item: I, context: z.RefinementCtx): Omit<I, 'plan'> {
  const other = (['price', 'price_data'] as const).find((name) => item[name] !== undefined);
  if (item.plan !== undefined && other !== undefined) {
    context.addIssue({ code: 'custom', message: `You may only specify one of these parameters: plan, ${other}.`, path: ['plan'] });
  }
  return pricedByPlan(item);
}

/**
 * For an item that is the request itself.
 *
 * @throws BillingError parameters_exclusive
 */
export function checkPlan(item: Planned): void {
  if (item.plan !== undefined) onlyOne(item, ['plan', 'price', 'price_data']);
}
