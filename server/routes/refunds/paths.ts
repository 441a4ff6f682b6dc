import type { Refund } from '../../../domain/rows/refund';
import { missing, type ApiRequest } from '../../http/request';

/** A refund has two paths: that under its charge is the older one. */
export const REFUND_PATHS = ['/v1/refunds/:refund', '/v1/charges/:charge/refunds/:refund'] as const;
export type RefundPath = (typeof REFUND_PATHS)[number];

/**
 * The refund in the path, which must be of the charge in the path.
 *
 * @throws BillingError resource_missing
 */
export async function pathRefund(request: ApiRequest<unknown>): Promise<Refund> {
  const refund = await request.find('refund', request.pathId('refund'));
  const { charge } = request.path;
  return charge === undefined || charge === refund.charge ? refund : missing('refund', refund.id);
}
