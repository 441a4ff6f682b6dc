import type { CreditNote } from '../../../domain/rows/credit-note';
import type { DeclineReason, MailKind } from '../../../domain/rows/mail';

/**
 * Every text of the mails. One file for each language; a text that is missing does not compile. In curly brackets is what the mail is about:
 * `{amount}`, `{date}`, `{instant}` (with the time), `{expiry}` (of a card), `{number}`, `{product}`, `{card}`, `{minutes}`, `{subject}` (of a
 * question), `{invoice}` (that a credit note takes back), `{seller}`.
 */
export interface MailWords {
  kinds: Record<MailKind, MailText>;
  reasons: Record<DeclineReason, string>;
  /** Why a credit note was issued. */
  creditReasons: Record<NonNullable<CreditNote['reason']>, string>;
  /** `{date}`: when the payment is tried again. */
  retry: string;
  labels: Record<MailLabel, string>;
  /** Where the seller has a page for it: the link below every mail. */
  manage: string;
  /** Why the customer gets the mail. */
  because: string;
  /** The same of a mail to an address that somebody has named, who may be no customer. */
  becauseNamed: string;
  /** The same of a mail to the seller itself. */
  becauseSeller: string;
  /** The link that cancels a subscription without a login. */
  cancel: string;
}

export interface MailText {
  subject: string;
  text: string;
  /** Of the button, if the mail leads anywhere. */
  button: string;
}

export const MAIL_LABELS = [
  'amount',
  'balance',
  'card',
  'date',
  'elsewhere',
  'key',
  'number',
  'price',
  'product',
  'reason',
  'refunded',
  'takenOff',
] as const;
export type MailLabel = (typeof MAIL_LABELS)[number];
