import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/** Retrieves a customer; one that was deleted is shown as such. Answers `resource_missing`. */
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
