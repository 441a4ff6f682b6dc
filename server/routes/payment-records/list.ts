import { list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters, timestamp } from '../../http/parameters';

/**
 * Lists payment records, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPaymentRecords = operation({
  method: 'get',
  path: '/v1/payment_records',
  summary: 'List payment records',
  tag: 'Payment records',
  parameters: parameters({ ...pagination, created_after: timestamp().optional(), created_before: timestamp().optional() }),
  shows: 'paymentRecord',
  handle(request) {
    const { created_after: after, created_before: before } = request.parameters;
    return list(request, 'paymentRecord', [
      after === undefined ? null : rangeFilter('created', { gt: after }),
      before === undefined ? null : rangeFilter('created', { lt: before }),
    ]);
  },
});
