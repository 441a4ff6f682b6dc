import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the messages of a ticket, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listSupportMessages = operation({
  method: 'get',
  path: '/v1/support_tickets/:ticket/messages',
  summary: 'List the messages of a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters(pagination),
  shows: 'supportMessage',
  async handle(request) {
    const { id } = await request.find('supportTicket', request.pathId('ticket'));
    return list(request, 'supportMessage', [equals('ticket', id)]);
  },
});
