import type { Branding } from './branding-settings';
import type { CreditNote } from './credit-note';
import type { Declared } from './customer-request';
import type { Recurring } from './price';
import type { Resource } from './resource';

/** Everything that a customer is mailed about, and the seller of what it has not answered. */
export const MAIL_KINDS = [
  'action_required',
  'answer_overdue',
  'cancellation',
  'cancellation_scheduled',
  'card_expiring',
  'credit_low',
  'credit_note',
  'dispute',
  'invoice',
  'invoice_due',
  'invoice_overdue',
  'license',
  'password_reset',
  'payment_failed',
  'plan_changed',
  'portal_login',
  'quote',
  'receipt',
  'refund',
  'renewal',
  'request_answered',
  'subscription_canceled',
  'subscription_started',
  'support_answer',
  'trial_ending',
  'withdrawal',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** They go to users of the console, who are no customers, with a link that only the mail itself has. */
export const isForUser = ({ kind }: Pick<Mail, 'kind'>): boolean => kind === 'password_reset';

/** It tells who has asked to be erased that this is done. Its address goes as soon as it is sent, or cannot be. */
export const isFarewell = ({ kind, customer }: Pick<Mail, 'customer' | 'kind'>): boolean =>
  kind === 'request_answered' && customer === null;

/** They cannot be switched off: nobody could log in, and the law asks that declarations are confirmed in writing. */
const NEEDED_MAIL_KINDS: readonly MailKind[] = ['cancellation', 'password_reset', 'portal_login', 'withdrawal'];
export const MAIL_KINDS_TO_CHOOSE = MAIL_KINDS.filter((kind) => !NEEDED_MAIL_KINDS.includes(kind)) as [MailKind, ...MailKind[]];

/**
 * `kept`: in the mailbox only. `pending`: waits for the mail server. `sent`: the mail server has taken it. `suppressed`: its address is not
 * written to. `bounced`: the address did not take it. `failed`: the mail server did not take it for days, or refused it.
 */
export const MAIL_STATUSES = ['bounced', 'failed', 'kept', 'pending', 'sent', 'suppressed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** One mail to one customer: the row is written in the commit that causes it. */
export interface Mail extends Resource {
  kind: MailKind;
  /** Null: a guest, who has only an address. */
  customer: string | null;
  testClock: string | null;
  /** Empty when its customer is erased. */
  recipient: string;
  /** The customer's languages, in the order of preference. */
  locales: string[];
  /** The object that it is about: an invoice, a subscription, a refund. */
  about: string;
  facts: MailFacts;
  status: MailStatus;
  /** Why it was not sent, or not taken. */
  problem: string | null;
  /** How often it was handed to the mail server. */
  tries: number;
  /** Real epoch seconds. Null: not again. */
  nextTryAt: number | null;
  /** When the mail server took it, in real epoch seconds. */
  sentAt: number | null;
  /** The words as they were sent, without any when its customer is erased. Null: it was not sent. */
  content: MailContent | null;
}

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** What a mail says. Every kind has the facts that its words name; the others are shown where they are known. */
export interface MailFacts {
  /** Minor units of `currency`. */
  amount?: number;
  currency?: string;
  /** Epoch seconds, of the customer's time: when it is due, ends, renews or was done. */
  date?: number;
  /** The number of the invoice or the quote, or the id of a support ticket. */
  number?: string;
  product?: string;
  /** The subscription begins with a free trial, until `date`. */
  trial?: true;
  /** The price of a period, and how often it comes. */
  every?: { amount: number | null; currency: string } & Pick<Recurring, 'interval' | 'interval_count'>;
  card?: { brand: string; last4: string; exp_month: number; exp_year: number };
  reason?: DeclineReason;
  /** When the payment is tried again. Epoch seconds. */
  retryAt?: number;
  /** A license key. */
  key?: string;
  /** Where the button leads. */
  url?: string;
  /** The question that a message answers, the message, and who has written it. */
  subject?: string;
  message?: string;
  author?: string;
  /** A declaration that has arrived, as it is confirmed. */
  declared?: Declared;
  /** Of a credit note. */
  credited?: Credited;
}

/** What a credit note takes back, and where the money goes. Minor units. */
export interface Credited {
  /** The number of its invoice. */
  invoice: string;
  reason: CreditNote['reason'];
  /** Off what is still due. */
  takenOff: number;
  refunded: number;
  /** To the customer's balance. */
  balance: number;
  /** By means that Dunlin does not see. */
  elsewhere: number;
}

/** What a customer can do about a declined payment. A bank's suspicion is never told. */
export type DeclineReason = 'authentication' | 'card_data' | 'declined' | 'insufficient_funds';

/** An address that is not written to any more. */
export interface MailSuppression extends Resource {
  deleted: boolean;
  email: string;
  reason: 'bounce' | 'complaint' | 'manual';
  /** The mail that bounced. */
  mail: string | null;
}

/** What the seller has chosen about mail, in Stripe's snake_case. */
export interface MailSettings {
  /** `mailbox`: mails are kept for who reads them by the API. `smtp`: they are sent, except those of test clocks. */
  delivery: 'mailbox' | 'smtp';
  /** The address in From. Null: nothing is sent. */
  from: string | null;
  reply_to: string | null;
  /** The last line of every mail: the seller's name and address, as the law asks for them. */
  footer: string | null;
  /** Kinds that are not written at all. */
  off: MailKind[];
}

export const DEFAULT_MAIL_SETTINGS: MailSettings = { delivery: 'mailbox', from: null, reply_to: null, footer: null, off: [] };

/** What a mail shows of its seller. */
export interface MailSeller {
  branding: Branding;
  footer: string | null;
  /** The page at which a customer asks for a link to the portal. Null: there is none. */
  loginUrl: string | null;
  isTest: boolean;
}
