/** Quotes that the customer can accept, as it sees them. */
import * as stored from '../../db/documents';
import { loadMatching } from '../../db/matching';
import type { Quote } from '../../domain/rows/quote';
import type { PortalQuote, PortalView } from '../../web/portal/model';
import { sendQuotePdf } from '../documents/quote-pdf';
import { missing } from '../http/request';
import { acceptQuote } from '../routes/quotes/accept';
import { change, customerNow, type Visit } from './operations';
import { done, nothing, type Outcome } from './outcome';
import type { Submission } from './submission';

/** Those that wait for an answer, newest first. */
export async function openQuotes({ deps, session }: Visit): Promise<Quote[]> {
  const filters = [
    { column: 'customer', equals: session.customer },
    { column: 'status', equals: 'open' },
  ];
  const rows = await loadMatching(deps.sql, session, [{ kind: 'quote', filters }]);
  const now = await customerNow(deps, session);
  return rows.where('quote', ({ expiresAt }) => expiresAt > now).reverse();
}

export const quoteOf = ({ id, number, currency, lineItems, upfront, recurring, expiresAt, header }: Quote): PortalQuote => ({
  id,
  number: number ?? '',
  currency: currency ?? 'usd',
  lines: lineItems.map(({ description: name, quantity, subtotal }) => ({ name, quantity, amount: quantity === null ? null : subtotal })),
  upfront: upfront.total,
  tax: upfront.tax,
  recurring:
    recurring === null ? null : { amount: recurring.total, every: { interval: recurring.interval, count: recurring.interval_count } },
  expiresAt,
  header,
});

/** Null: it was answered, or has expired. */
export async function quoteView(visit: Visit, id: string): Promise<PortalView | null> {
  const quote = (await openQuotes(visit)).find((each) => each.id === id);
  return quote === undefined ? null : { name: 'quote', ...quoteOf(quote) };
}

/** The PDF, also of a quote that was answered. */
export async function sendQuote({ deps, session, query, response }: Visit): Promise<void> {
  const id = query['quote'] ?? '';
  const rows = await loadMatching(deps.sql, session, [{ kind: 'quote', filters: [{ column: 'id', equals: id }] }]);
  const quote = rows.find('quote', id);
  if (quote?.customer !== session.customer || !(await stored.isFinalQuote(deps.sql, session, id))) missing('quote', id);
  await sendQuotePdf(deps, response, session, id);
}

export async function accept({ visit, found, entries, key }: Submission): Promise<Outcome> {
  const quote = (await openQuotes(visit)).find(({ id }) => id === entries['quote']);
  if (quote === undefined || !found.configuration.features.invoice_history.enabled) return nothing();
  return done((await change(visit, key, { operation: acceptQuote, path: { quote: quote.id }, parameters: {} })).problem);
}
