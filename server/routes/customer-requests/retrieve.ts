import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a customer request.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCustomerRequest = operation({
  method: 'get',
  path: '/v1/customer_requests/:customer_request',
  summary: 'Retrieve a customer request',
  tag: 'Customer requests',
  own: true,
  parameters: parameters({}),
  shows: 'customerRequest',
  handle: async (request) => {
    const { id } = await request.find('customerRequest', request.pathId('customer_request'));
    return { kind: 'customerRequest', key: id };
  },
});
