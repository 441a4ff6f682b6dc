import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves the recovery of an unpaid invoice: the program that it follows, why, and how far it has come.
 *
 * @throws BillingError resource_missing for an invoice that no recovery was begun for
 */
export const retrieveRecovery = operation({
  method: 'get',
  path: '/v1/recoveries/:invoice',
  summary: 'Retrieve the recovery of an invoice',
  tag: 'Recovery',
  own: true,
  parameters: parameters({}),
  shows: 'dunning',
  async handle(request) {
    const { invoice } = await request.find('dunning', request.pathId('invoice'));
    return { kind: 'dunning', key: invoice };
  },
});
