import { loadDeletionFacts } from '../../../db/customers';
import { deleteCustomer } from '../../../domain/customer/changes';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Deletes a customer; its subscriptions are canceled at once.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const deleteCustomerOperation = operation({
  method: 'delete',
  path: '/v1/customers/:customer',
  summary: 'Delete a customer',
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'customer',
  async handle(request) {
    const id = request.pathId('customer');
    await request.change({
      step: 'deleteCustomer',
      customer: id,
      load: (tx) => loadDeletionFacts(tx, request.scope, id),
      plan: (changes) => {
        present(changes, 'customer', id);
        deleteCustomer(changes, id);
      },
    });
    return { kind: 'customer', key: id };
  },
});
