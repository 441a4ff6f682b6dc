/** Mails to who has written to the seller: declarations that are confirmed, and questions that are answered. */
import type { ChangeSet, PlannedEvent } from '../core/change-set';
import { LIMITS } from '../core/limits';
import { settingsOf } from '../rows/account';
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

/** What a person has decided, to who is known to have asked. What Dunlin does at once is in the confirmation already. */
export function decisionMail(changes: ChangeSet, { objectId }: PlannedEvent): MailDraft | null {
  const request = changes.rows.get('customerRequest', objectId);
  const { id: about, type, customer, created: date, url, acceptedAt, status } = request;
  const isErased = type === 'deletion' && status === 'done';
  if (customer === null || (status === 'done' && acceptedAt === null && !isErased)) return null;
  // Who was erased has no address any more: it is the one from before this commit.
  const { email, locale } = isErased ? changes.base.get('customerRequest', objectId).declaration : request.declaration;
  const facts = { date, url, declared: declaredOf(request) };
  return {
    ...{ kind: 'request_answered', about, customer, isApart: isErased, facts },
    ...{ recipient: email === '' ? null : email, locales: [locale] },
  };
}

/** To who answers for the seller: the owner, if that is an address, else the seller's own. It names nobody. */
export function overdueMail({ rows, context }: ChangeSet, { objectId }: PlannedEvent): MailDraft {
  const { id: number, customer, dueAt: date, owner, url } = rows.get('customerRequest', objectId);
  const { from, reply_to: replyTo } = settingsOf(rows.get('account', context.account), context).mail;
  const recipient = owner.includes('@') ? owner : (replyTo ?? from);
  const facts = { number, date, url: `${new URL(url).origin}/console/requests/${number}` };
  return { kind: 'answer_overdue', about: number, customer, isApart: true, recipient, locales: [], facts };
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
