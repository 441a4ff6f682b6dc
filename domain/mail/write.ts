import type { ChangeSet } from '../core/change-set';
import { settingsOf } from '../rows/account';
import type { Customer } from '../rows/customer';
import { DEFAULT_MAIL_SETTINGS, type MailFacts, type MailKind, type MailSettings } from '../rows/mail';

export interface MailDraft {
  kind: MailKind;
  /** The object that it is about. A commit writes one mail of a kind about it. */
  about: string;
  customer: string | null;
  /** Where it goes, if not to the customer's own address. */
  recipient?: string | null;
  /** In the order of preference, if not the customer's own. */
  locales?: readonly string[];
  facts: MailFacts;
}

/** Writes a mail, unless its customer has no address, is deleted, or the seller has switched the kind off. */
export function writeMail(changes: ChangeSet, draft: MailDraft): void {
  const { kind, about, facts } = draft;
  const customer = changes.rows.find('customer', draft.customer);
  const recipient = recipientOf(draft, customer);
  const settings = mailSettingsOf(changes);
  if (recipient === null || settings.off.includes(kind)) return;
  if (changes.rows.first('mail', (mail) => mail.kind === kind && mail.about === about)) return;
  const { id, testClock, preferredLocales } = customer ?? GUEST;
  const locales = [...(draft.locales ?? preferredLocales)];
  const isSent = settings.delivery === 'smtp' && testClock === null;
  changes.put('mail', {
    ...changes.resource('mail'),
    ...{ kind, customer: id, testClock, recipient, locales, about, facts },
    ...{ status: isSent ? 'pending' : 'kept', nextTryAt: isSent ? changes.now : null },
    ...{ problem: null, tries: 0, sentAt: null, content: null },
  });
}

const GUEST: { id: null; testClock: null; preferredLocales: string[] } = { id: null, testClock: null, preferredLocales: [] };

function recipientOf({ recipient }: MailDraft, customer: Customer | undefined): string | null {
  return customer?.deleted === true ? null : (recipient ?? customer?.email ?? null);
}

/** A commit that does not know the account keeps its mails in the mailbox. */
function mailSettingsOf({ rows, context }: ChangeSet): MailSettings {
  const account = rows.find('account', context.account);
  return account ? settingsOf(account, context).mail : DEFAULT_MAIL_SETTINGS;
}
