/** Tickets as requests and pages change them. */
import { byKey, loadMatching } from '../../db/matching';
import { loadTicketFacts } from '../../db/support';
import type { ChangeSet } from '../../domain/core/change-set';
import { openTicket, type NewTicket } from '../../domain/support/tickets';
import type { ObjectReply } from '../http/operation';
import { present, type ApiRequest } from '../http/request';

/** Opens a ticket. The same mail opens none again. */
export async function putTicket(request: ApiRequest<unknown>, ticket: NewTicket): Promise<void> {
  const { customer } = ticket;
  await request.change({
    step: 'createSupportTicket',
    customer: customer ?? null,
    load: (tx) =>
      loadMatching(tx, request.scope, [
        { kind: 'account', filters: [] },
        ...(customer === undefined ? [] : [byKey('customer', customer)]),
        ...(ticket.mailId === undefined
          ? []
          : [{ kind: 'supportMessage' as const, filters: [{ column: 'mailId', equals: ticket.mailId }] }]),
      ]),
    plan: (changes) => {
      if (changes.rows.all('supportMessage').length === 0) openTicket(changes, ticket);
    },
  });
}

/** Changes the ticket. */
export async function changeTicket(
  request: ApiRequest<unknown>,
  { ticket, step }: { ticket: string; step: string },
  plan: (changes: ChangeSet, id: string) => void,
): Promise<ObjectReply> {
  const { id, customer } = await request.find('supportTicket', ticket);
  await request.change({
    step,
    customer,
    subject: id,
    load: (tx) => loadTicketFacts(tx, request.scope, id),
    plan: (changes) => {
      present(changes, 'supportTicket', id);
      plan(changes, id);
    },
  });
  return { kind: 'supportTicket', key: id };
}
