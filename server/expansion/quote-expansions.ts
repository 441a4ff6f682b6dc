/** The properties that a quote shows only when expanded: its lines, and the breakdown of its discounts and taxes. */
import type { Sql } from '../../db/connect';
import { loadRows, type Scope } from '../../db/related';
import type { Quote, QuoteTotals } from '../../domain/rows/quote';
import type { Rows } from '../../domain/rows/rows';
import { toStripeBreakdown } from '../../objects/quote';
import { toStripeQuoteLines, toStripeUpfrontLines } from '../../objects/quote-line';
import type { WireQuoteLine } from '../../objects/shapes/quote-line';
import { listOf } from '../../objects/wire';

interface Sources {
  sql: Sql;
  scope: Scope;
}
type Included = (sources: Sources, quotes: string[]) => Promise<Map<string, unknown>>;

/** The number of lines; the rest is at their list's URL. */
const SHOWN = 10;

export const quotesIncluded = {
  'quote.computed.recurring.total_details.breakdown': breakdowns(({ recurring }) => recurring),
  'quote.computed.upfront.line_items': lines(toStripeUpfrontLines, 'computed_upfront_line_items'),
  'quote.computed.upfront.total_details.breakdown': breakdowns(({ upfront }) => upfront),
  'quote.line_items': lines(toStripeQuoteLines, 'line_items'),
  'quote.total_details.breakdown': breakdowns(({ amounts }) => amounts),
};

function lines(linesOf: (quote: Quote, rows: Rows) => WireQuoteLine[], name: string): Included {
  return async ({ sql, scope }, ids) => {
    const quotes = (await loadRows(sql, 'quote', scope, ids)).all('quote');
    const named = quotes.flatMap(({ lineItems }) => lineItems.map(({ price }) => price));
    const rows = await loadRows(sql, 'price', scope, named);
    return new Map(
      quotes.map((quote) => {
        const shown = linesOf(quote, rows);
        return [quote.id, listOf(shown.slice(0, SHOWN), `/v1/quotes/${quote.id}/${name}`, shown.length > SHOWN)];
      }),
    );
  };
}

function breakdowns(totalsOf: (quote: Quote) => QuoteTotals | null): Included {
  return async ({ sql, scope }, ids) => {
    const quotes = (await loadRows(sql, 'quote', scope, ids)).all('quote');
    const totals = quotes.flatMap((quote) => totalsOf(quote) ?? []);
    const discounts = totals.flatMap((each) => each.discounts.map(({ discount }) => discount));
    const rows = await loadRows(sql, 'discount', scope, discounts);
    const rates = await loadRows(
      sql,
      'taxRate',
      scope,
      totals.flatMap((each) => each.taxes.map((tax) => tax.tax_rate)),
    );
    for (const rate of rates.all('taxRate')) rows.put('taxRate', rate);
    return new Map(
      quotes.flatMap((quote) => {
        const shown = totalsOf(quote);
        return shown ? [[quote.id, toStripeBreakdown(shown, rows)] as const] : [];
      }),
    );
  };
}
