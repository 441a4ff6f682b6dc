import { agendaItem, ENDED, type EntityState } from '../core/entity-state';
import { warnedAt } from '../mail/card-expiry';
import type { Rows } from '../rows/rows';

/** A card is watched until its customer is told of the expiry, it has expired, or it is detached. */
export function cardState(rows: Rows, subject: string, now: number): EntityState {
  const method = rows.find('paymentMethod', subject);
  const at = method ? warnedAt(method, now) : null;
  if (at === null) return ENDED('idle');
  return { status: 'watched', pendingCall: null, agenda: [agendaItem('warnOfExpiry', at)], ended: false };
}
