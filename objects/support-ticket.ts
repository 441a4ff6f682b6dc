import type { SupportMessage, SupportTicket } from '../domain/rows/support-ticket';
import type { WireSupportMessage, WireSupportTicket } from './shapes/support-ticket';

/** A customer's question. Its messages have a list of their own. */
export function toSupportTicket({ id, created, customer, email, invoice, livemode, metadata, ...of }: SupportTicket): WireSupportTicket {
  const { answerBy, closedAt, firstAnswerBy, firstAnsweredAt, missedAt, owner, route, source, status, subject } = of;
  return {
    ...{ id, object: 'support_ticket', answer_by: answerBy, closed_at: closedAt, created, customer, email },
    ...{ first_answer_by: firstAnswerBy, first_answered_at: firstAnsweredAt, invoice, livemode, metadata, missed_at: missedAt },
    ...{ owner, route, source, status, subject },
  };
}

export function toSupportMessage({ id, author, created, livemode, message, name, ticket }: SupportMessage): WireSupportMessage {
  return { id, object: 'support_message', author, created, livemode, message, name, ticket };
}
