import type { PaymentMethod } from '../../../domain/rows/payment-method';
import { missing, type ApiRequest } from '../../http/request';

/** Sources have two paths: `cards` is their older name. */
export const COLLECTIONS = ['sources', 'cards'] as const;
export type Collection = (typeof COLLECTIONS)[number];

/**
 * The source in the path, which must belong to the customer.
 *
 * @throws BillingError resource_missing
 */
export async function pathSource(request: ApiRequest<unknown>): Promise<PaymentMethod & { customer: string }> {
  const { id: customer } = await request.find('customer', request.pathId('customer'));
  const source = await request.find('paymentMethod', request.pathId('id'));
  return source.customer === customer && source.isSource ? { ...source, customer } : missing('card', source.id);
}
