import { loadRows } from '../../../db/related';
import { toStripeCheckoutLines } from '../../../objects/checkout-session';
import { quoteLine } from '../../../objects/shapes/quote-line';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * The lines of a payment link, in full.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listPaymentLinkLines = operation({
  method: 'get',
  path: '/v1/payment_links/:payment_link/line_items',
  summary: 'List the line items of a payment link',
  tag: 'Payment links',
  parameters: parameters(pagination),
  answer: listShape(quoteLine),
  async handle(request) {
    const { deps, scope } = request;
    const link = await request.find('paymentLink', request.pathId('payment_link'));
    const prices = link.lineItems.map(({ price }) => price);
    const lines = toStripeCheckoutLines(link, await loadRows(deps.sql, 'price', scope, prices));
    const { shown, hasMore } = pageOf(lines, request.parameters, 'line item');
    return { body: listOf(shown, `/v1/payment_links/${link.id}/line_items`, hasMore) };
  },
});
