import { closeTicket } from '../../../domain/support/tickets';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeTicket } from '../../support/tickets';

/**
 * Closes a ticket: nothing waits any more. The customer's next message opens it again.
 *
 * @throws BillingError resource_missing
 */
export const closeSupportTicket = operation({
  method: 'post',
  path: '/v1/support_tickets/:ticket/close',
  summary: 'Close a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters({}),
  shows: 'supportTicket',
  handle: (request) => changeTicket(request, { ticket: request.pathId('ticket'), step: 'closeSupportTicket' }, closeTicket),
});
