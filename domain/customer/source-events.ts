/** Who listens for sources is told of cards that are sources: `card` of the rows, the older view of a payment method. */
import type { ChangeSet } from '../core/change-set';

export function tellOfNewSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emit('customer.source.created', 'card', id);
}

export function tellOfChangedSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emitUpdated('customer.source.updated', 'card', id);
}

/** To be told before the card loses its customer: the event still shows whose it was. */
export function tellOfLostSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emit('customer.source.deleted', 'card', id);
}

/** The card as a source, as it is now and as it was, for the events to show. */
function seeSource(changes: ChangeSet, id: string): boolean {
  const method = changes.rows.get('paymentMethod', id);
  if (!method.isSource) return false;
  changes.rows.put('card', method);
  const before = changes.base.find('paymentMethod', id);
  if (before) changes.base.put('card', before);
  return true;
}
