import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findTopUp } from '../../schemas/credit-top-up';

/**
 * Retrieves a credit top-up.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCreditTopUp = operation({
  method: 'get',
  path: '/v1/billing/credit_top_ups/:credit_top_up',
  summary: 'Retrieve a credit top-up',
  tag: 'Credits',
  own: true,
  parameters: parameters({}),
  shows: 'creditTopUp',
  async handle(request) {
    const { id } = await findTopUp(request);
    return { kind: 'creditTopUp', key: id };
  },
});
