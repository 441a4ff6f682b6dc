import type { Dispute } from '../../../domain/rows/dispute';
import { missing, type ApiRequest } from '../../http/request';

/** A dispute has two paths: that under its charge is the older one. */
export const DISPUTE_PATHS = ['/v1/disputes/:dispute', '/v1/charges/:charge/dispute'] as const;
export type DisputePath = (typeof DISPUTE_PATHS)[number];

/**
 * The dispute in the path, or that of the charge in the path.
 *
 * @throws BillingError resource_missing
 */
export async function pathDispute(request: ApiRequest<unknown>): Promise<Dispute> {
  if (request.path['charge'] === undefined) return request.find('dispute', request.pathId('dispute'));
  const { id, dispute } = await request.find('charge', request.pathId('charge'));
  return dispute === null ? missing('dispute', id) : request.find('dispute', dispute);
}
