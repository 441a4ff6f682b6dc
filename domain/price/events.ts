/**
 * Who listens for prices is told of each, and who still listens for plans of the recurring ones: a plan is the older view of the
 * same row, `plan` of the rows, which is never written by itself.
 */
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';

export function tellOfNewPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emit('plan.created', 'plan', id);
  changes.emit('price.created', 'price', id);
}

export function tellOfChangedPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emitUpdated('plan.updated', 'plan', id);
  changes.emitUpdated('price.updated', 'price', id);
}

export function tellOfDeletedPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emit('plan.deleted', 'plan', id);
  changes.emit('price.deleted', 'price', id);
}

/** The price as a plan, as it is now and as it was, for the events to show. */
function seePlan(changes: ChangeSet, id: string): boolean {
  const price = changes.rows.get('price', id);
  if (price.recurring === null) return false;
  changes.rows.put('plan', price);
  const before = changes.base.find('price', id);
  if (before) changes.base.put('plan', before);
  return true;
}
