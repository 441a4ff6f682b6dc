import { decisionOf, isInFlight, isPaid } from '../payment/checkout-payment';
import { isAwaited, type CheckoutSession } from '../rows/checkout-session';
import type { Rows } from '../rows/rows';
import type { AgendaItem } from '../rows/workflow';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** An open session waits for its payment, and otherwise for its expiry; while a processor is asked, for the answer alone. */
export function checkoutState(rows: Rows, subject: string, now: number): EntityState {
  const session = rows.find('checkoutSession', subject);
  if (!session) return ENDED('none');
  const { status, expiresAt } = session;
  if (status === 'complete') return isAwaited(session) ? awaitedState(rows, session, now) : ENDED(status);
  if (isPaid(rows, session))
    return { status, pendingCall: null, agenda: [{ step: 'completeSession', at: now, key: 'completeSession' }], ended: false };
  if (status === 'expired') return ENDED(status);
  const agenda = isInFlight(rows, session) ? [] : [agendaItem('expireSession', expiresAt)];
  return { status, pendingCall: null, agenda, ended: false };
}

/** A complete session whose payment a bank collects, or the seller captures later, waits for what they decide. */
function awaitedState(rows: Rows, session: CheckoutSession, now: number): EntityState {
  const agenda: AgendaItem[] = decisionOf(rows, session) === null ? [] : [{ step: 'settleSession', at: now, key: 'settleSession' }];
  return { status: 'unpaid', pendingCall: null, agenda, ended: false };
}
