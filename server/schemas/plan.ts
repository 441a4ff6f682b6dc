import type { z } from 'zod';
import { onlyOne } from '../http/exclusive';

/** The older name of a price, which is the same thing under the same id. */
interface Planned {
  plan?: string | undefined;
  price?: string | undefined;
  price_data?: unknown;
}

/** The same with `plan` called `price`, as everything behind the API knows it. */
export function pricedByPlan<I extends Planned>({ plan, ...item }: I): Omit<I, 'plan'> {
  return plan === undefined ? item : { ...item, price: plan };
}

/** For an item in a list: said by both names, it is refused. */
export function planOfItem<I extends Planned>(item: I, context: z.RefinementCtx): Omit<I, 'plan'> {
  const other = (['price', 'price_data'] as const).find((name) => item[name] !== undefined);
  if (item.plan !== undefined && other !== undefined) {
    context.addIssue({ code: 'custom', message: `You may only specify one of these parameters: plan, ${other}.`, path: ['plan'] });
  }
  return pricedByPlan(item);
}

/** @throws parameters_exclusive, for an item that is the request itself */
export function checkPlan(item: Planned): void {
  if (item.plan !== undefined) onlyOne(item, ['plan', 'price', 'price_data']);
}
