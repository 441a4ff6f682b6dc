import type { Price } from '../../../domain/rows/price';
import { missing, type ApiRequest } from '../../http/request';

/**
 * The recurring price in the path.
 *
 * @throws BillingError resource_missing, also for a deleted or one-time price
 */
export async function findPlan<P>(request: ApiRequest<P>): Promise<Price> {
  const id = request.pathId('plan');
  const plan = await request.find('plan', id);
  return plan.deleted || plan.recurring === null ? missing('plan', id) : plan;
}
