import { LIMITS } from '../../../domain/core/limits';
import { operation } from '../../http/operation';
import { parameters, text } from '../../http/parameters';
import { receiveMail } from '../../support/inbound';

/**
 * Takes a mail to the support, as your mail server has received it (RFC 822). It goes on with the ticket that it answers, or opens one. The
 * same mail counts once. Attachments are not kept.
 *
 * @throws BillingError parameter_missing, parameter_invalid (no sender, no text, an automatic answer), too_many_items
 */
export const receiveSupportMail = operation({
  method: 'post',
  path: '/v1/support_tickets/inbound',
  summary: 'Receive a mail to the support',
  tag: 'Support',
  own: true,
  parameters: parameters({ mail: text({ max: LIMITS.mailLength.max }) }),
  shows: 'supportTicket',
  handle: async (request) => ({ kind: 'supportTicket', key: await receiveMail(request, request.parameters.mail) }),
});
