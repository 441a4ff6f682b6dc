import { CUSTOMER_REQUEST_TYPES } from '../../../domain/rows/customer-request';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, owner, pagination, parameters } from '../../http/parameters';

/**
 * Lists what customers have asked for by law, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listCustomerRequests = operation({
  method: 'get',
  path: '/v1/customer_requests',
  summary: 'List customer requests',
  tag: 'Customer requests',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('customer_requests'),
    customer: id().optional(),
    owner: owner().optional(),
    status: oneOf(['done', 'open', 'refused']).optional(),
    type: oneOf(CUSTOMER_REQUEST_TYPES).optional(),
  }),
  shows: 'customerRequest',
  handle: (request) => {
    const { customer, owner, status, type } = request.parameters;
    return list(request, 'customerRequest', [
      equals('customer', customer),
      equals('owner', owner),
      equals('status', status),
      equals('type', type),
    ]);
  },
});
