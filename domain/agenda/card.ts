import { agendaItem, ENDED, type EntityState } from '../core/entity-state';
import { isWatched, warnedAt } from '../mail/card-expiry';
import type { Rows } from '../rows/rows';

/** A card is watched until its customer is told of the expiry, it has expired, or it is detached. */
export function cardState(rows: Rows, subject: string, now: number): EntityState {
  const method = rows.find('paymentMethod', subject);
  if (!method || !isWatched(method, now)) return ENDED('idle');
  return { status: 'watched', pendingCall: null, agenda: [agendaItem('warnOfExpiry', warnedAt(method))], ended: false };
}
