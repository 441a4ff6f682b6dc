import { loadRows } from '../../../db/related';
import { toStripeCheckoutLines } from '../../../objects/checkout-session';
import { quoteLine } from '../../../objects/shapes/quote-line';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * The lines of a checkout session, in full.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listCheckoutLines = operation({
  method: 'get',
  path: '/v1/checkout/sessions/:session/line_items',
  summary: 'List the line items of a checkout session',
  tag: 'Checkout',
  parameters: parameters(pagination),
  answer: listShape(quoteLine),
  async handle(request) {
    const { deps, scope } = request;
    const session = await request.find('checkoutSession', request.pathId('session'));
    const prices = session.lineItems.map(({ price }) => price);
    const lines = toStripeCheckoutLines(session, await loadRows(deps.sql, 'price', scope, prices));
    const { shown, hasMore } = pageOf(lines, request.parameters, 'line item');
    return { body: listOf(shown, `/v1/checkout/sessions/${session.id}/line_items`, hasMore) };
  },
});
