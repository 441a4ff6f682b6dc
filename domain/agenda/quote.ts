import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** A draft or open quote waits for its expiry. Its acceptance is a step of the object that it creates. */
export function quoteState(rows: Rows, subject: string): EntityState {
  const quote = rows.find('quote', subject);
  if (!quote) return ENDED('none');
  if (quote.status !== 'draft' && quote.status !== 'open') return ENDED(quote.status);
  return { status: quote.status, pendingCall: null, agenda: [agendaItem('expireQuote', quote.expiresAt)], ended: false };
}
