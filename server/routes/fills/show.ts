import { findFill } from '../../../db/fills';
import { BillingError } from '../../../domain/core/errors';
import type { Fill } from '../../../domain/rows/fill';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing */
export async function pathFill(request: ApiRequest<unknown>): Promise<Fill> {
  const id = request.pathId('fill');
  const found = await findFill(request.deps.sql, request.scope, id);
  if (found === null) throw new BillingError('resource_missing', `No such fill: '${id}'`, { param: 'id' });
  return found;
}
