import type { ChangeSet } from '../core/change-set';
import type { Quote } from '../rows/quote';

/**
 * `QT-68BB114-0002-1`: the customer's invoice prefix, the number of the customer's quote, and its revision. The customer's latest quotes,
 * and all revisions of the quote that it revises, are among the rows.
 */
export function numbered(changes: ChangeSet, quote: Quote): Pick<Quote, 'sequence' | 'revision' | 'number'> {
  const customer = changes.rows.get('customer', quote.customer as string);
  const others = changes.rows.where('quote', (each) => each.customer === customer.id && each.sequence !== null);
  const highest = (numbers: (number | null)[]): number => Math.max(0, ...numbers.map((number) => number ?? 0));
  const revised = quote.fromQuote?.is_revision ? changes.rows.get('quote', quote.fromQuote.quote).sequence : null;
  const sequence = revised ?? highest(others.map((each) => each.sequence)) + 1;
  const revision = highest(others.filter((each) => each.sequence === sequence).map((each) => each.revision)) + 1;
  return { sequence, revision, number: `QT-${customer.invoicePrefix}-${String(sequence).padStart(4, '0')}-${String(revision)}` };
}
