import { detachPaymentMethod } from '../../domain/customer/payment-methods';
import type { ApiRequest } from '../http/request';
import { loadDefaults } from './payment-method-facts';

/** Detaches a customer's payment method for good: by a call, by the older name of one, or by a buyer on a page. */
export async function detachFrom(
  request: ApiRequest<unknown>,
  customer: string,
  id: string,
  step: 'detachPaymentMethod' | 'deleteSource' = 'detachPaymentMethod',
): Promise<void> {
  await request.change({
    step,
    customer,
    subject: id,
    load: (tx) => loadDefaults(tx, request.scope, customer, id),
    plan: (changes) => {
      detachPaymentMethod(changes, id);
    },
  });
}
