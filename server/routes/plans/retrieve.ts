import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findPlan } from './find';

/**
 * Retrieves a plan.
 *
 * @throws BillingError resource_missing
 */
export const retrievePlan = operation({
  method: 'get',
  path: '/v1/plans/:plan',
  summary: 'Retrieve a plan',
  tag: 'Plans',
  parameters: parameters({}),
  shows: 'plan',
  async handle(request) {
    const { id } = await findPlan(request);
    return { kind: 'plan', key: id };
  },
});
