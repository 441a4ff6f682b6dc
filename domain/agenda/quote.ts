import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type Standing } from '../core/entity-state';

/** A draft or open quote waits for its expiry; its acceptance is a step of what that begins. */
export function quoteStanding(rows: Rows, subject: string): Standing {
  const quote = rows.find('quote', subject);
  if (!quote) return ENDED('none');
  if (quote.status !== 'draft' && quote.status !== 'open') return ENDED(quote.status);
  return { status: quote.status, outside: null, agenda: [agendaItem('expireQuote', quote.expiresAt)], ended: false };
}
