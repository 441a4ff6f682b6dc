import { BillingError } from '../../../domain/core/errors';
import { TICKET_SOURCES } from '../../../domain/rows/support-ticket';
import { operation } from '../../http/operation';
import { id, metadata, name, oneOf, owner, parameters } from '../../http/parameters';
import { email } from '../../http/text-parameters';
import { putTicket } from '../../support/tickets';
import { checkReferences, customerNamed, type Reference } from '../../writes/references';
import { message, route, subject } from './schemas';

/**
 * Opens a ticket with the customer's first message. Without a `route`, the words of the message choose one. `answer_by` is when the customer
 * can expect an answer.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid for another customer's invoice
 */
export const createSupportTicket = operation({
  method: 'post',
  path: '/v1/support_tickets',
  summary: 'Create a support ticket',
  tag: 'Support',
  own: true,
  parameters: parameters({
    customer: id().optional(),
    email: email().optional(),
    invoice: id().optional(),
    message: message(),
    metadata: metadata().optional(),
    name: name({ max: 250 }).optional(),
    owner: owner().optional(),
    route: route().optional(),
    source: oneOf(TICKET_SOURCES).optional(),
    subject: subject(),
  }),
  shows: 'supportTicket',
  async handle(request) {
    const { customer, email: address, invoice } = request.parameters;
    if (customer === undefined && address === undefined) {
      throw new BillingError('parameter_missing', 'Name the `customer` or the `email` of who asks.', { param: 'customer' });
    }
    await checkReferences(request, [
      ...(customer === undefined ? [] : [customerNamed(customer)]),
      ...(invoice === undefined ? [] : [invoiceOf(customer, invoice)]),
    ]);
    await putTicket(request, request.parameters);
    return { kind: 'supportTicket', key: request.newId('supt') };
  },
});

const invoiceOf = (customer: string | undefined, invoice: string): Reference => ({
  kind: 'invoice',
  id: invoice,
  param: 'invoice',
  check: (row) => {
    if (row.customer === customer) return;
    throw new BillingError('parameter_invalid', `The invoice ${invoice} is not one of this \`customer\`.`, { param: 'invoice' });
  },
});
