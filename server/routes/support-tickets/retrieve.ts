import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a ticket.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSupportTicket = operation({
  method: 'get',
  path: '/v1/support_tickets/:ticket',
  summary: 'Retrieve a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters({}),
  shows: 'supportTicket',
  async handle(request) {
    const { id } = await request.find('supportTicket', request.pathId('ticket'));
    return { kind: 'supportTicket', key: id };
  },
});
