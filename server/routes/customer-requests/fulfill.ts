import { loadContract } from '../../../db/contracts';
import { findAccount } from '../../../db/accounts';
import { byKey, loadMatching } from '../../../db/matching';
import { acceptRequest } from '../../../domain/contract/requests';
import { BillingError } from '../../../domain/core/errors';
import { settingsOf } from '../../../domain/rows/account';
import { carryOut } from '../../contract/carry-out';
import { operation } from '../../http/operation';
import { id as idParameter, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Does what a customer has asked for: ends the contract, gives back what a withdrawal gives back, or erases the customer. `subscription` says which
 * contract it is, where the declaration did not prove it. Repeated after a failure, it does the rest.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, lock_timeout
 */
export const fulfillCustomerRequest = operation({
  method: 'post',
  path: '/v1/customer_requests/:customer_request/fulfill',
  summary: 'Fulfill a customer request',
  tag: 'Customer requests',
  own: true,
  parameters: parameters({ subscription: idParameter().optional() }),
  shows: 'customerRequest',
  async handle(request) {
    const { deps, scope } = request;
    const { id, customer, subscription: known } = await request.find('customerRequest', request.pathId('customer_request'));
    const { subscription = known } = request.parameters;
    const named = subscription === null ? null : await request.find('subscription', subscription, 'subscription');
    const account = await findAccount(deps.sql, scope.account);
    if (account === null) throw new Error('the account of a key is not there');
    await request.change({
      step: 'acceptCustomerRequest',
      customer: named?.customer ?? customer,
      subject: id,
      load: async (tx) => {
        const rows = named === null ? await loadMatching(tx, scope, []) : await loadContract(tx, scope, named.id);
        rows.putAll(await loadMatching(tx, scope, [byKey('customerRequest', id)]));
        return rows;
      },
      plan: (changes) => {
        present(changes, 'customerRequest', id);
        acceptRequest(changes, id, { subscription: named?.id ?? null, settings: settingsOf(account, scope).contracts });
      },
    });
    const refusal = await carryOut(
      deps,
      { origin: request.origin, path: `/v1/customer_requests/${id}/fulfill`, requestId: request.id },
      scope,
      id,
    );
    if (refusal !== null) throw new BillingError('parameter_invalid', refusal.message ?? 'The request could not be carried out.');
    return { kind: 'customerRequest', key: id };
  },
});
