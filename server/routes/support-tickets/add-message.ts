import { addMessage } from '../../../domain/support/tickets';
import { operation } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import { changeTicket } from '../../support/tickets';
import { message } from './schemas';

/**
 * Adds a message. By default it is the seller's, which answers the ticket. A message of the customer waits for an answer, and opens a closed
 * ticket again.
 *
 * @throws BillingError resource_missing, parameter_missing, too_many_items
 */
export const addSupportMessage = operation({
  method: 'post',
  path: '/v1/support_tickets/:ticket/messages',
  summary: 'Add a message to a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters({
    author: oneOf(['customer', 'seller']).default('seller'),
    message: message(),
    name: name({ max: 250 }).optional(),
  }),
  shows: 'supportMessage',
  async handle(request) {
    await changeTicket(request, { ticket: request.pathId('ticket'), step: 'addSupportMessage' }, (changes, id) => {
      addMessage(changes, id, request.parameters);
    });
    return { kind: 'supportMessage', key: request.newIdIn(request.pathId('ticket'), 'supm') };
  },
});
