import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves the customer's discount.
 *
 * @throws BillingError resource_missing, also if there is none
 */
export const retrieveCustomerDiscount = operation({
  method: 'get',
  path: '/v1/customers/:customer/discount',
  summary: "Retrieve a customer's discount",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'discount',
  async handle(request) {
    const { id, discount } = await request.find('customer', request.pathId('customer'));
    return discount === null ? missing('discount', id) : { kind: 'discount', key: discount };
  },
});
