import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a credit grant.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCreditGrant = operation({
  method: 'get',
  path: '/v1/billing/credit_grants/:credit_grant',
  summary: 'Retrieve a credit grant',
  tag: 'Credits',
  parameters: parameters({}),
  shows: 'creditGrant',
  async handle(request) {
    const { id } = await request.find('creditGrant', request.pathId('credit_grant'));
    return { kind: 'creditGrant', key: id };
  },
});
