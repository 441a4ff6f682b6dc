/** Events of cards that are sources. They show the `card` row: the older view of a payment method. */
import type { ChangeSet } from '../core/change-set';

export function announceNewSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emit('customer.source.created', 'card', id);
}

export function announceChangedSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emitUpdated('customer.source.updated', 'card', id);
}

/** Call this before the card loses its customer: the event shows that customer. */
export function announceLostSource(changes: ChangeSet, id: string): void {
  if (seeSource(changes, id)) changes.emit('customer.source.deleted', 'card', id);
}

/** Adds the card's present and earlier state as `card` rows for its events. False if the card is no source. */
function seeSource(changes: ChangeSet, id: string): boolean {
  const method = changes.rows.get('paymentMethod', id);
  if (!method.isSource) return false;
  changes.rows.put('card', method);
  const before = changes.base.find('paymentMethod', id);
  if (before) changes.base.put('card', before);
  return true;
}
