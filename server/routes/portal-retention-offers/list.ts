import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists the answers of customers who wanted to cancel to the offer of a coupon, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRetentionOffers = operation({
  method: 'get',
  path: '/v1/billing_portal/retention_offers',
  summary: 'List retention offers',
  tag: 'Customer portal',
  own: true,
  parameters: parameters({
    ...pagination,
    customer: id().optional(),
    status: oneOf(['accepted', 'declined']).optional(),
    subscription: id().optional(),
  }),
  shows: 'portalRetentionOffer',
  handle: (request) => {
    const { customer, status, subscription } = request.parameters;
    return list(request, 'portalRetentionOffer', [
      equals('customer', customer),
      equals('status', status),
      equals('subscription', subscription),
    ]);
  },
});
