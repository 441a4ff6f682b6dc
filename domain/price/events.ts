/**
 * Who listens for prices is told of each, and who still listens for plans of the recurring ones: a plan is the older view of the
 * same row, `plan` of the rows, which is never written by itself.
 */
import type { Plan } from '../core/change-set';
import type { Price } from '../rows/price';

export function tellOfNewPrice(plan: Plan, { id }: Price): void {
  if (seePlan(plan, id)) plan.emit('plan.created', 'plan', id);
  plan.emit('price.created', 'price', id);
}

export function tellOfChangedPrice(plan: Plan, { id }: Price): void {
  if (seePlan(plan, id)) plan.emitUpdated('plan.updated', 'plan', id);
  plan.emitUpdated('price.updated', 'price', id);
}

export function tellOfDeletedPrice(plan: Plan, { id }: Price): void {
  if (seePlan(plan, id)) plan.emit('plan.deleted', 'plan', id);
  plan.emit('price.deleted', 'price', id);
}

/** The price as a plan, as it is now and as it was, for the events to show. */
function seePlan(plan: Plan, id: string): boolean {
  const price = plan.rows.get('price', id);
  if (price.recurring === null) return false;
  plan.rows.put('plan', price);
  const before = plan.base.find('price', id);
  if (before) plan.base.put('plan', before);
  return true;
}
