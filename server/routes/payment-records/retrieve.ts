import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a payment record.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentRecord = operation({
  method: 'get',
  path: '/v1/payment_records/:id',
  summary: 'Retrieve a payment record',
  tag: 'Payment records',
  parameters: parameters({}),
  shows: 'paymentRecord',
  handle: async (request) => {
    const { id } = await request.find('paymentRecord', request.pathId('id'));
    return { kind: 'paymentRecord', key: id };
  },
});
