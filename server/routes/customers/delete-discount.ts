import { loadCustomerFacts } from '../../../db/customers';
import { endCustomerDiscount } from '../../../domain/customer/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, present } from '../../http/request';

/**
 * Removes the customer's discount.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const deleteCustomerDiscount = operation({
  method: 'delete',
  path: '/v1/customers/:customer/discount',
  summary: "End a customer's discount",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'discount',
  async handle(request) {
    const customer = request.pathId('customer');
    const { rows } = await request.change({
      step: 'deleteCustomerDiscount',
      customer,
      load: (tx) => loadCustomerFacts(tx, request.scope, customer),
      plan: (changes) => {
        present(changes, 'customer', customer);
        endCustomerDiscount(changes, customer);
      },
    });
    const ended = rows.all('discount').at(-1);
    return ended === undefined ? missing('discount', customer) : { kind: 'discount', key: ended.id };
  },
});
