import { RECOVERY_STATUSES } from '../../../domain/rows/dunning';
import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters } from '../../http/parameters';

/**
 * Lists recoveries of unpaid invoices, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listRecoveries = operation({
  method: 'get',
  path: '/v1/recoveries',
  summary: 'List recoveries',
  tag: 'Recovery',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('dunnings'),
    customer: id().optional(),
    recovery_program: id().optional(),
    status: oneOf(RECOVERY_STATUSES).optional(),
    subscription: id().optional(),
  }),
  shows: 'dunning',
  handle: (request) => {
    const { customer, recovery_program: program, status, subscription } = request.parameters;
    return list(request, 'dunning', [
      equals('customer', customer),
      equals('program', program, ['id']),
      equals('status', status),
      equals('subscription', subscription),
    ]);
  },
});
