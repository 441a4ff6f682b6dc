/**
 * Tickets: a question of a customer, its messages, and the deadline of the answer. If it passes, the ticket goes to whom the route names for
 * that, and stays open.
 */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import { settingsOf, type SupportSettings } from '../rows/account';
import type { Metadata } from '../rows/resource';
import type { SupportMessage, SupportRoute, SupportTicket } from '../rows/support-ticket';
import { routeOf } from './routing';

/** As the route's schema parsed it. */
export interface NewTicket {
  customer?: string | undefined;
  email?: string | undefined;
  invoice?: string | undefined;
  mailId?: string | undefined;
  message: string;
  metadata?: Metadata | null | undefined;
  name?: string | undefined;
  owner?: string | undefined;
  route?: SupportRoute | undefined;
  source?: SupportTicket['source'] | undefined;
  subject: string;
}

/** Opens a ticket with the customer's first message. Returns its id. */
export function openTicket(changes: ChangeSet, params: NewTicket): string {
  const settings = settingsIn(changes);
  const route = params.route ?? routeOf(`${params.subject} ${params.message}`, settings);
  const answerBy = changes.now + withinSeconds(settings, route);
  const ticket = changes.put('supportTicket', {
    ...changes.resource('supt'),
    customer: params.customer ?? null,
    email: params.email ?? null,
    subject: params.subject,
    route,
    source: params.source ?? 'api',
    invoice: params.invoice ?? null,
    owner: params.owner ?? settings.routes[route].owner,
    status: 'open',
    answerBy,
    missedAt: null,
    firstAnswerBy: answerBy,
    firstAnsweredAt: null,
    closedAt: null,
    metadata: mergeMetadata({}, params.metadata),
  });
  putMessage(changes, ticket, { author: 'customer', message: params.message, name: params.name, mailId: params.mailId });
  changes.emit('support_ticket.created', 'supportTicket', ticket.id);
  changes.wake('support', ticket.id, ticket);
  return ticket.id;
}

interface NewMessage {
  author: SupportMessage['author'];
  message: string;
  name?: string | undefined;
  mailId?: string | undefined;
}

/**
 * Adds a message. The seller's is the answer; the customer's waits for one, and opens a closed ticket again.
 *
 * @throws BillingError too_many_items
 */
export function addMessage(changes: ChangeSet, id: string, message: NewMessage): void {
  const ticket = changes.rows.get('supportTicket', id);
  if (changes.rows.where('supportMessage', (each) => each.ticket === id).length >= LIMITS.ticketMessages.max) {
    const text = `A support ticket can have at most ${String(LIMITS.ticketMessages.max)} messages. Open another one.`;
    throw new BillingError('too_many_items', text, { param: 'message' });
  }
  putMessage(changes, ticket, message);
  if (message.author === 'seller') answer(changes, ticket);
  else wait(changes, ticket);
  changes.wake('support', id, ticket);
}

function answer(changes: ChangeSet, { id, firstAnsweredAt, status }: SupportTicket): void {
  changes.patch('supportTicket', id, {
    status: status === 'closed' ? 'closed' : 'answered',
    answerBy: null,
    missedAt: null,
    firstAnsweredAt: firstAnsweredAt ?? changes.now,
  });
  changes.emit('support_ticket.answered', 'supportTicket', id);
}

/** Who waits already, goes on waiting for the same deadline. */
function wait(changes: ChangeSet, { id, route, answerBy }: SupportTicket): void {
  const by = answerBy ?? changes.now + withinSeconds(settingsIn(changes), route);
  changes.patch('supportTicket', id, { status: 'open', answerBy: by, closedAt: null });
  changes.emit('support_ticket.message_received', 'supportTicket', id);
}

export interface TicketUpdate {
  metadata?: Metadata | null | undefined;
  owner?: string | null | undefined;
  route?: SupportRoute | undefined;
  subject?: string | undefined;
}

/** Another route has its own owner, unless one is named. The deadline stays what the customer was told. */
export function updateTicket(changes: ChangeSet, id: string, { metadata, ...change }: TicketUpdate): void {
  const before = changes.rows.get('supportTicket', id);
  const moved = change.route !== undefined && change.route !== before.route;
  changes.patch('supportTicket', id, {
    ...(moved ? { owner: settingsIn(changes).routes[change.route ?? before.route].owner } : {}),
    ...omitUndefined(change),
    metadata: mergeMetadata(before.metadata, metadata),
  });
  changes.emitUpdated('support_ticket.updated', 'supportTicket', id);
}

/** Nothing waits any more. A ticket that is closed stays as it is. */
export function closeTicket(changes: ChangeSet, id: string): void {
  const ticket = changes.rows.get('supportTicket', id);
  if (ticket.status === 'closed') return;
  changes.patch('supportTicket', id, { status: 'closed', answerBy: null, closedAt: changes.now });
  changes.emit('support_ticket.closed', 'supportTicket', id);
  changes.wake('support', id, ticket);
}

/** The deadline has passed: who is named for that answers now. */
export function missAnswer(changes: ChangeSet, id: string): void {
  const ticket = changes.rows.get('supportTicket', id);
  const { escalate_to: next } = settingsIn(changes).routes[ticket.route];
  changes.patch('supportTicket', id, { missedAt: changes.now, owner: next ?? ticket.owner });
  changes.emit('support_ticket.answer_missed', 'supportTicket', id);
  changes.outcome = `no answer in time: ${id} goes to ${next === null ? 'nobody else' : 'whom its route names'}`;
}

function putMessage(changes: ChangeSet, { id }: SupportTicket, { author, message, name, mailId }: NewMessage): void {
  changes.put('supportMessage', {
    ...changes.resource('supm'),
    ticket: id,
    author,
    message,
    name: name ?? null,
    mailId: mailId ?? null,
  });
}

const settingsIn = ({ rows, context }: ChangeSet): SupportSettings => settingsOf(rows.get('account', context.account), context).support;

const withinSeconds = ({ routes }: SupportSettings, route: SupportRoute): number => routes[route].answer_within_hours * 3600;
