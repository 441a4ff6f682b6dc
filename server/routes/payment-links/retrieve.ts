import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a payment link.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentLink = operation({
  method: 'get',
  path: '/v1/payment_links/:payment_link',
  summary: 'Retrieve a payment link',
  tag: 'Payment links',
  parameters: parameters({}),
  shows: 'paymentLink',
  handle: async (request) => {
    const { id } = await request.find('paymentLink', request.pathId('payment_link'));
    return { kind: 'paymentLink', key: id };
  },
});
