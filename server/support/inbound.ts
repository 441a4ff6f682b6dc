import { customerWithEmail, findMessageOfMail, findThread } from '../../db/support';
import { addMessage } from '../../domain/support/tickets';
import type { ApiRequest } from '../http/request';
import { readMail, type ReceivedMail } from './mail';
import { changeTicket, putTicket } from './tickets';

/**
 * The ticket of a mail: the one that it goes on with, or a new one.
 *
 * @throws BillingError parameter_invalid, too_many_items
 */
export async function receiveMail(request: ApiRequest<unknown>, raw: string): Promise<string> {
  const { sql } = request.deps;
  const mail = await readMail(raw);
  const before = await findMessageOfMail(sql, request.scope, mail.id);
  if (before !== null) return before.ticket;
  const ticket = await findThread(sql, request.scope, { from: mail.from, mailIds: mail.answers, tickets: mail.tickets });
  if (ticket === null) await openByMail(request, mail);
  else await continueByMail(request, ticket, mail);
  const kept = await findMessageOfMail(sql, request.scope, mail.id);
  if (kept === null) throw new Error(`the mail ${mail.id} has become no message`);
  return kept.ticket;
}

async function openByMail(request: ApiRequest<unknown>, { id, from, name, subject, message }: ReceivedMail): Promise<void> {
  const customer = await customerWithEmail(request.deps.sql, request.scope, from);
  await putTicket(request, {
    ...(customer === null ? {} : { customer }),
    ...(name === null ? {} : { name }),
    ...{ email: from, mailId: id, message, source: 'mail', subject },
  });
}

async function continueByMail(request: ApiRequest<unknown>, ticket: string, { id, name, message }: ReceivedMail): Promise<void> {
  await changeTicket(request, { ticket, step: 'addSupportMessage' }, (changes) => {
    if (changes.rows.where('supportMessage', ({ mailId }) => mailId === id).length > 0) return;
    addMessage(changes, ticket, { author: 'customer', message, mailId: id, ...(name === null ? {} : { name }) });
  });
}
