/** Mails to who has written to the seller: declarations that are confirmed, and questions that are answered. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import { LIMITS } from '../core/limits';
import type { CustomerRequest, Declared } from '../rows/customer-request';
import type { MailDraft } from './write';

const DAY = 86_400;

/**
 * A declaration is confirmed in writing, with its own words and the time at which it arrived. Whoever has not proved to be the customer may have
 * named the address of somebody else: that mail has no words of the visitor, and there are few in a day.
 */
export function requestMail(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const request = changes.rows.get('customerRequest', objectId);
  const { id: about, type: kind, customer, declaration, created: date, url } = request;
  if (kind === 'deletion') return null;
  if (customer === null && earlierOf(changes, request) >= LIMITS.unprovedConfirmations.max) return null;
  const { email: recipient, locale } = declaration;
  return { kind, about, customer, recipient, locales: [locale], facts: { date, url, declared: declaredOf(request) } };
}

/** Requests of the last day that name the same address, and have not proved it. */
function earlierOf({ base, now }: ChangeSet, { declaration: { email } }: CustomerRequest): number {
  return base.where(
    'customerRequest',
    ({ customer, created, declaration }) =>
      customer === null && created > now - DAY && declaration.email.toLowerCase() === email.toLowerCase(),
  ).length;
}

function declaredOf({ created, customer, declaration, dueAt, id, note, openReason, plan, status, type }: CustomerRequest): Declared {
  const shown = customer === null ? { ...declaration, name: '', contract: '', statement: null } : declaration;
  return { created, declaration: shown, dueAt, id, note, openReason, plan, status, type };
}

/** The seller's message. Its subject names the ticket, so that an answer by mail goes on with it. */
export function answerMail({ changed, rows }: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const { id: about, customer, email: recipient, subject } = rows.get('supportTicket', objectId);
  const written = [...(changed.get('supportMessage') ?? [])].map((id) => rows.get('supportMessage', id));
  const answer = written.find(({ author, ticket }) => author === 'seller' && ticket === about);
  if (answer === undefined) return null;
  const { message, name } = answer;
  return {
    ...{ kind: 'support_answer', about, customer, recipient },
    facts: { number: about, subject, message, ...(name === null ? {} : { author: name }) },
  };
}
