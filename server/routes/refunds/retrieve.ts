import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a refund.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRefund = operation({
  method: 'get',
  path: '/v1/refunds/:refund',
  summary: 'Retrieve a refund',
  tag: 'Refunds',
  parameters: parameters({}),
  shows: 'refund',
  async handle(request) {
    const { id } = await request.find('refund', request.pathId('refund'));
    return { kind: 'refund', key: id };
  },
});
