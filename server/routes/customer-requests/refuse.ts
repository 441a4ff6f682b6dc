import { byKey, loadMatching } from '../../../db/matching';
import { refuseRequest } from '../../../domain/contract/requests';
import { operation } from '../../http/operation';
import { parameters, text } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Refuses an open customer request. The reason is shown on the page of its confirmation.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid if it is not open
 */
export const refuseCustomerRequest = operation({
  method: 'post',
  path: '/v1/customer_requests/:customer_request/refuse',
  summary: 'Refuse a customer request',
  tag: 'Customer requests',
  own: true,
  parameters: parameters({ note: text({ max: 5000 }) }),
  shows: 'customerRequest',
  async handle(request) {
    const { id, customer } = await request.find('customerRequest', request.pathId('customer_request'));
    await request.change({
      step: 'refuseCustomerRequest',
      customer,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('customerRequest', id)]),
      plan: (changes) => {
        present(changes, 'customerRequest', id);
        refuseRequest(changes, id, request.parameters.note);
      },
    });
    return { kind: 'customerRequest', key: id };
  },
});
