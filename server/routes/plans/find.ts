import type { Price } from '../../../domain/rows/price';
import { missing, type ApiRequest } from '../../http/request';

/** The recurring price that the path names. @throws resource_missing, also for one that was deleted or is paid once */
export async function findPlan<P>(request: ApiRequest<P>): Promise<Price> {
  const id = request.pathId('plan');
  const plan = await request.find('plan', id);
  return plan.deleted || plan.recurring === null ? missing('plan', id) : plan;
}
