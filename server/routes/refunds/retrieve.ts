import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathRefund, type RefundPath } from './paths';

/**
 * Retrieves a refund.
 *
 * @throws BillingError resource_missing
 */
export const retrieveRefund = (path: RefundPath): Operation =>
  operation({
    method: 'get',
    path,
    summary: 'Retrieve a refund',
    tag: 'Refunds',
    parameters: parameters({}),
    shows: 'refund',
    async handle(request) {
      const { id } = await pathRefund(request);
      return { kind: 'refund', key: id };
    },
  });
