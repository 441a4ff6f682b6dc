import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a customer; a deleted one is shown as deleted.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCustomer = operation({
  method: 'get',
  path: '/v1/customers/:customer',
  summary: 'Retrieve a customer',
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'customer',
  async handle(request) {
    const { id } = await request.find('customer', request.pathId('customer'));
    return { kind: 'customer', key: id };
  },
});
