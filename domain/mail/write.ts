import type { ChangeSet } from '../core/change-set';
import { settingsOf } from '../rows/account';
import { isBilledHere, type Customer } from '../rows/customer';
import { isFarewell, type Mail, type MailFacts, type MailKind, type MailSettings } from '../rows/mail';

export interface MailDraft {
  kind: MailKind;
  /** The object that it is about. A commit writes one mail of a kind about it. */
  about: string;
  customer: string | null;
  /** It is not kept with its customer, and goes to the recipient alone: to the seller itself, or to who is no customer any more. */
  isApart?: boolean;
  /** Where it goes, if not to the customer's own address. */
  recipient?: string | null;
  /** In the order of preference, if not the customer's own. */
  locales?: readonly string[];
  facts: MailFacts;
}

/**
 * Writes a mail, unless its customer has no address, is deleted, or is billed elsewhere, or the seller has switched the kind off. A commit that has not loaded the account
 * or the customer is planned again with both, so that no mail misses the seller's settings.
 */
export function writeMail(changes: ChangeSet, draft: MailDraft): void {
  const { rows, context } = changes;
  const account = rows.find('account', context.account);
  const customer = rows.find('customer', draft.customer);
  if (account === undefined || (draft.customer !== null && customer === undefined)) {
    changes.mailQuestions.push(draft.customer);
    return;
  }
  // The system that bills the customer mails them, too.
  if (customer !== undefined && !isBilledHere(customer)) return;
  const { off, delivery } = settingsOf(account, context).mail;
  const recipient = recipientOf(draft, customer);
  if (recipient !== null && !off.includes(draft.kind)) putMail(changes, draft, { customer, delivery, recipient });
}

interface Addressed {
  customer: Customer | undefined;
  delivery: MailSettings['delivery'];
  recipient: string;
}

function putMail(changes: ChangeSet, draft: MailDraft, { customer, delivery, recipient }: Addressed): void {
  const { kind, about, facts, isApart = false } = draft;
  if (changes.rows.first('mail', (mail) => mail.kind === kind && mail.about === about)) return;
  const { id, testClock, preferredLocales } = customer ?? GUEST;
  const locales = [...(draft.locales ?? preferredLocales)];
  const isSent = delivery === 'smtp' && testClock === null;
  const to = { kind, customer: isApart ? null : id, recipient };
  changes.put('mail', {
    ...changes.resource('mail'),
    ...{ ...(isSent ? to : withoutFarewell(to)), testClock, locales, about, facts },
    ...{ status: isSent ? 'pending' : 'kept', nextTryAt: isSent ? changes.now : null },
    ...{ problem: null, tries: 0, sentAt: null, content: null },
  });
}

/** A farewell that is not sent needs no address. */
const withoutFarewell = (to: Pick<Mail, 'customer' | 'kind' | 'recipient'>) => (isFarewell(to) ? { ...to, recipient: '' } : to);

const GUEST: { id: null; testClock: null; preferredLocales: string[] } = { id: null, testClock: null, preferredLocales: [] };

function recipientOf({ recipient, isApart }: MailDraft, customer: Customer | undefined): string | null {
  if (isApart === true) return recipient ?? null;
  return customer?.deleted === true ? null : (recipient ?? customer?.email ?? null);
}
