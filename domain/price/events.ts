/**
 * Emits the events of a price. A recurring price also emits plan events: a plan is the older view of the same row, `plan` of the rows,
 * which is never written itself.
 */
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';

export function announceNewPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emit('plan.created', 'plan', id);
  changes.emit('price.created', 'price', id);
}

export function announceChangedPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emitUpdated('plan.updated', 'plan', id);
  changes.emitUpdated('price.updated', 'price', id);
}

export function announceDeletedPrice(changes: ChangeSet, { id }: Price): void {
  if (seePlan(changes, id)) changes.emit('plan.deleted', 'plan', id);
  changes.emit('price.deleted', 'price', id);
}

/** Adds the plan's earlier and present view to the rows, for its events to render. */
function seePlan(changes: ChangeSet, id: string): boolean {
  const price = changes.rows.get('price', id);
  if (price.recurring === null) return false;
  changes.rows.put('plan', price);
  const before = changes.base.find('price', id);
  if (before) changes.base.put('plan', before);
  return true;
}
