import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists quotes, newest first; those on test clocks only by customer or by clock, as on Stripe.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listQuotes = operation({
  method: 'get',
  path: '/v1/quotes',
  summary: 'List quotes',
  tag: 'Quotes',
  parameters: parameters({
    ...pagination,
    ...orderedAs('quotes'),
    customer: id().optional(),
    status: oneOf(['accepted', 'canceled', 'draft', 'open']).optional(),
    test_clock: id().optional(),
  }),
  shows: 'quote',
  unsupported: ['customer_account'],
  handle(request) {
    const { customer, status, test_clock: clock } = request.parameters;
    return list(request, 'quote', [
      equals('customer', customer),
      equals('status', status),
      clock === undefined && customer === undefined ? { column: 'testClock', isNull: true } : equals('testClock', clock),
    ]);
  },
});
