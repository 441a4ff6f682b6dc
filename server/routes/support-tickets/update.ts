import { updateTicket } from '../../../domain/support/tickets';
import { operation } from '../../http/operation';
import { emptyable, metadata, owner, parameters } from '../../http/parameters';
import { changeTicket } from '../../support/tickets';
import { route, subject } from './schemas';

/**
 * Changes who answers, the route, the subject or the metadata. The deadline stays what the customer was told.
 *
 * @throws BillingError resource_missing
 */
export const updateSupportTicket = operation({
  method: 'post',
  path: '/v1/support_tickets/:ticket',
  summary: 'Update a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters({
    metadata: metadata().optional(),
    owner: emptyable(owner()).optional(),
    route: route().optional(),
    subject: subject().optional(),
  }),
  shows: 'supportTicket',
  handle: (request) =>
    changeTicket(request, { ticket: request.pathId('ticket'), step: 'updateSupportTicket' }, (changes, id) => {
      updateTicket(changes, id, request.parameters);
    }),
});
