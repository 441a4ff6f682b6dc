import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists a customer's tax ids, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listCustomerTaxIds = operation({
  method: 'get',
  path: '/v1/customers/:customer/tax_ids',
  summary: "List a customer's tax IDs",
  tag: 'Customers',
  parameters: parameters({ ...pagination }),
  shows: 'taxId',
  async handle(request) {
    const { id } = await request.find('customer', request.pathId('customer'));
    return list(request, 'taxId', [equals('customer', id)]);
  },
});
