import { loadRows } from '../../../db/related';
import type { Quote } from '../../../domain/rows/quote';
import type { Rows } from '../../../domain/rows/rows';
import { toStripeQuoteLines, toStripeUpfrontLines } from '../../../objects/quote-line';
import { quoteLine, type WireQuoteLine } from '../../../objects/shapes/quote-line';
import { listOf, type WireList } from '../../../objects/wire';
import { pageOf, type Pagination } from '../../http/list';
import { listShape } from '../../../objects/shapes/parts';
import { operation, type BodyReply } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/**
 * The lines of a quote, in full.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listQuoteLines = operation({
  method: 'get',
  path: '/v1/quotes/:quote/line_items',
  summary: 'List the line items of a quote',
  tag: 'Quotes',
  parameters: parameters(pagination),
  answer: listShape(quoteLine),
  handle: (request) => page(request, toStripeQuoteLines, 'line_items'),
});

/**
 * The lines that the first invoice would have.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listUpfrontLines = operation({
  method: 'get',
  path: '/v1/quotes/:quote/computed_upfront_line_items',
  summary: 'List the upfront line items of a quote',
  tag: 'Quotes',
  parameters: parameters(pagination),
  answer: listShape(quoteLine),
  handle: (request) => page(request, toStripeUpfrontLines, 'computed_upfront_line_items'),
});

/** Lines are part of their quote, few, and have no rows to page through. */
async function page(
  request: ApiRequest<Pagination>,
  linesOf: (quote: Quote, rows: Rows) => WireQuoteLine[],
  name: string,
): Promise<BodyReply<WireList<WireQuoteLine>>> {
  const { deps, scope } = request;
  const quote = await request.find('quote', request.pathId('quote'));
  const prices = quote.lineItems.map(({ price }) => price);
  const { shown, hasMore } = pageOf(linesOf(quote, await loadRows(deps.sql, 'price', scope, prices)), request.parameters, 'line item');
  return { body: listOf(shown, `/v1/quotes/${quote.id}/${name}`, hasMore) };
}
