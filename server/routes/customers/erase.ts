import { loadErasureFacts } from '../../../db/erasures';
import { finishDeletions } from '../../../domain/contract/requests';
import { eraseCustomer } from '../../../domain/customer/erasure';
import { deletedCustomer } from '../../../objects/shapes/deleted';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Deletes a customer, and erases its name, addresses, phone number, billing details, metadata, questions, and the words of its mails. Its key is
 * destroyed, so that events do not name it any more. Final invoices, credit notes and tax records stay. It cannot be taken back.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const eraseCustomerOperation = operation({
  method: 'post',
  path: '/v1/customers/:customer/erase',
  summary: 'Erase a customer',
  tag: 'Customers',
  own: true,
  parameters: parameters({}),
  shows: 'customer',
  answer: deletedCustomer,
  async handle(request) {
    const id = request.pathId('customer');
    await request.change({
      step: 'eraseCustomer',
      customer: id,
      load: (tx) => loadErasureFacts(tx, request.scope, id),
      plan: (changes) => {
        if (changes.rows.find('customer', id) === undefined) missing('customer', id);
        eraseCustomer(changes, id);
        finishDeletions(changes);
      },
    });
    return { kind: 'customer', key: id };
  },
});
