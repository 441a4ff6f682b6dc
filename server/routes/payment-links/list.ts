import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists payment links, newest first. `active` filters by the flag that the seller has set.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listPaymentLinks = operation({
  method: 'get',
  path: '/v1/payment_links',
  summary: 'List payment links',
  tag: 'Payment links',
  parameters: parameters({ ...pagination, ...orderedAs('payment_links'), active: boolean().optional() }),
  shows: 'paymentLink',
  handle: (request) => list(request, 'paymentLink', [equals('active', request.parameters.active)]),
});
