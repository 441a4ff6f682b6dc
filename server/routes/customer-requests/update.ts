import { byKey, loadMatching } from '../../../db/matching';
import { updateRequest } from '../../../domain/contract/requests';
import { operation } from '../../http/operation';
import { emptyable, owner, parameters, text } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes who answers a customer request, or the seller's note on it.
 *
 * @throws BillingError resource_missing
 */
export const updateCustomerRequest = operation({
  method: 'post',
  path: '/v1/customer_requests/:customer_request',
  summary: 'Update a customer request',
  tag: 'Customer requests',
  own: true,
  parameters: parameters({ note: emptyable(text({ max: 5000 })).optional(), owner: owner().optional() }),
  shows: 'customerRequest',
  async handle(request) {
    const { id, customer } = await request.find('customerRequest', request.pathId('customer_request'));
    await request.change({
      step: 'updateCustomerRequest',
      customer,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('customerRequest', id)]),
      plan: (changes) => {
        present(changes, 'customerRequest', id);
        updateRequest(changes, id, request.parameters);
      },
    });
    return { kind: 'customerRequest', key: id };
  },
});
