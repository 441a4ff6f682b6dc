import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, owner, pagination, parameters, range } from '../../http/parameters';
import { route } from './schemas';

/**
 * Lists tickets, newest first. `answer_by[lt]` of the present lists those that are late.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listSupportTickets = operation({
  method: 'get',
  path: '/v1/support_tickets',
  summary: 'List support tickets',
  tag: 'Support',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('support_tickets'),
    answer_by: range().optional(),
    created: range().optional(),
    customer: id().optional(),
    owner: owner().optional(),
    route: route().optional(),
    status: oneOf(['answered', 'closed', 'open']).optional(),
  }),
  shows: 'supportTicket',
  handle: (request) => {
    const { answer_by: answerBy, created, customer, owner: who, route: chosen, status } = request.parameters;
    return list(request, 'supportTicket', [
      rangeFilter('answerBy', answerBy),
      rangeFilter('created', created),
      equals('customer', customer),
      equals('owner', who),
      equals('route', chosen),
      equals('status', status),
    ]);
  },
});
