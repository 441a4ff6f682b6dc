/** What a mail says, in the words of a language: plain data for its text and its HTML. */
import type { Declared } from '../../domain/rows/customer-request';
import type { Mail, MailFacts, MailKind, MailSeller } from '../../domain/rows/mail';
import { writtenDay } from '../../domain/core/written-days';
import { RESET_SECONDS } from '../../domain/authorization/logins';
import { LOGIN_SECONDS } from '../../domain/portal/logins';
import type { LinkTo } from '../../objects/wire';
import { outcomeOf, receivedOf } from '../contract/confirmation';
import { date, money } from '../money';
import { LANGUAGES, localeOf, type Locale } from '../words/languages';
import { MAIL_WORDS } from '../words/mail';
import type { MailLabel } from '../words/mail/words';
import { PORTAL } from '../words/portal';

export interface MailView {
  locale: Locale;
  seller: MailSeller;
  subject: string;
  /** One sentence or a few, each a paragraph. */
  paragraphs: string[];
  rows: { label: string; value: string }[];
  /** Null: the mail leads nowhere. */
  button: { label: string; url: string } | null;
  /** The page that cancels the subscription without a login. */
  cancel: { label: string; url: string } | null;
  /** The link to the portal, if the button does not lead there already. */
  manage: { label: string; url: string } | null;
  /** Why the customer gets it, and who sends it. */
  notes: string[];
}

/** The rows of each kind, where they are known. A date is that of a payment: when something is due, or ends, is said in a sentence. */
const ROWS: Record<MailKind, readonly MailLabel[]> = {
  action_required: ['number', 'amount', 'card'],
  answer_overdue: ['number'],
  cancellation: [],
  cancellation_scheduled: [],
  card_expiring: [],
  credit_low: [],
  credit_note: ['number', 'amount', 'reason', 'takenOff', 'refunded', 'balance', 'elsewhere'],
  dispute: ['amount', 'date', 'card'],
  invoice: ['number', 'amount'],
  invoice_due: ['number', 'amount'],
  invoice_overdue: ['number', 'amount'],
  license: ['product', 'key'],
  password_reset: [],
  payment_failed: ['number', 'amount', 'card'],
  plan_changed: ['product', 'price'],
  portal_login: [],
  quote: ['number', 'amount'],
  receipt: ['number', 'amount', 'date', 'card'],
  refund: ['amount', 'date', 'card'],
  renewal: ['product', 'price', 'amount'],
  request_answered: [],
  subscription_canceled: [],
  subscription_started: ['product', 'price'],
  support_answer: [],
  trial_ending: ['product', 'price', 'amount'],
  withdrawal: [],
};

const LOGINS: readonly MailKind[] = ['password_reset', 'portal_login'];

/** They go to an address that somebody has named. */
const TO_NAMED: readonly MailKind[] = ['cancellation', 'password_reset', 'request_answered', 'support_answer', 'withdrawal'];
/** They go to the seller itself. */
const TO_SELLER: readonly MailKind[] = ['answer_overdue'];
/** They tell of a charge to come, or of a contract that renews: law and card schemes want a way to cancel in the mail itself. */
const CANCELABLE: readonly MailKind[] = ['renewal', 'subscription_started', 'trial_ending'];

/** A mail as far as its words go, and who sends it. */
export interface MailToWord {
  mail: Pick<Mail, 'about' | 'facts' | 'kind' | 'locales'>;
  seller: MailSeller;
  /** The public link to an object: to a subscription, the page that cancels it. */
  linkTo: LinkTo;
}

export function viewOf({ mail, seller, linkTo }: MailToWord): MailView {
  const { about, kind, facts, locales } = mail;
  const locale = localeOf(locales);
  const words = MAIL_WORDS[locale.language];
  const { subject, text } = words.kinds[kind];
  const values = valuesOf({ kind, facts }, seller, locale);
  const say = (sentence: string): string => fill(sentence, values);
  const url = facts.url ?? seller.loginUrl;
  const { loginUrl, footer } = seller;
  const declared = facts.declared && inLanguage(facts.declared, locale);
  return {
    ...{ locale, seller },
    subject: say(subject),
    paragraphs: [
      say(text),
      ...(facts.trial ? [`${say(words.kinds.trial_ending.subject)}${locale.language === 'ja' ? '。' : '.'}`] : []),
      ...messageOf(facts),
      ...aboutDecline(facts, locale),
      ...outcomes(declared),
    ],
    rows: [...ROWS[kind].flatMap((row) => rowOf(words.labels[row], values[row])), ...receivedIn(declared)],
    button: url === null ? null : { label: buttonOf({ kind, facts }, locale), url },
    cancel: CANCELABLE.includes(kind) ? { label: words.cancel, url: linkTo(about) } : null,
    manage: hasPortalLink(kind, url, loginUrl) ? { label: words.manage, url: loginUrl } : null,
    notes: [
      say(words[becauseOf(kind)]),
      ...(footer === null ? [] : [footer]),
      ...(seller.isTest ? [LANGUAGES[locale.language].testMode] : []),
    ],
  };
}

/** A payment without an invoice has a receipt only. */
const buttonOf = ({ kind, facts }: Pick<Mail, 'facts' | 'kind'>, { language }: Locale): string =>
  kind === 'receipt' && facts.number === undefined ? LANGUAGES[language].receipt : MAIL_WORDS[language].kinds[kind].button;

/** To who has an account of the seller, if the button does not lead there already. */
const hasPortalLink = (kind: MailKind, url: string | null, loginUrl: string | null): loginUrl is string =>
  loginUrl !== null && url !== loginUrl && !LOGINS.includes(kind) && !TO_SELLER.includes(kind);

function becauseOf(kind: MailKind): 'because' | 'becauseNamed' | 'becauseSeller' {
  if (TO_SELLER.includes(kind)) return 'becauseSeller';
  return TO_NAMED.includes(kind) ? 'becauseNamed' : 'because';
}

const rowOf = (label: string, value: string | undefined) => (value === undefined ? [] : [{ label, value }]);

/** A mail is in one language. */
const inLanguage = (declared: Declared, { tag: locale }: Locale): Declared => ({
  ...declared,
  declaration: { ...declared.declaration, locale },
});

const outcomes = (declared: Declared | undefined): string[] => (declared ? outcomeOf(declared) : []);

const receivedIn = (declared: Declared | undefined): MailView['rows'] =>
  declared ? receivedOf(declared).map(([label, value]) => ({ label, value })) : [];

/** Each paragraph of a message, and who has written it. */
function messageOf({ message = '', author }: MailFacts): string[] {
  const paragraphs = message.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
  return [...paragraphs, author ?? ''].filter((paragraph) => paragraph !== '');
}

/** Why it was declined, and when it is tried again. */
function aboutDecline({ reason, retryAt }: MailFacts, { language, tag }: Locale): string[] {
  const { reasons, retry } = MAIL_WORDS[language];
  return [
    ...(reason === undefined ? [] : [reasons[reason]]),
    ...(retryAt === undefined ? [] : [fill(retry, { date: date(retryAt, tag) })]),
  ];
}

/** What stands in curly brackets, as far as it is known. */
function valuesOf(
  { kind, facts }: Pick<Mail, 'facts' | 'kind'>,
  { branding }: Pick<MailSeller, 'branding'>,
  locale: Locale,
): Record<string, string | undefined> {
  const { amount, currency, card, every, date: at, key, number, product, subject } = facts;
  const { tag } = locale;
  return {
    ...{
      key,
      number: plain(number),
      product: plain(product),
      subject: plain(subject),
      seller: plain(branding.display_name),
      minutes: String((kind === 'password_reset' ? RESET_SECONDS : LOGIN_SECONDS) / 60),
    },
    amount: amount === undefined || currency === undefined ? undefined : money(amount, currency, tag),
    card: card && PORTAL[locale.language].cardName(brandOf(card.brand), card.last4),
    expiry: card && monthOf(card, tag),
    price: every && priceOf(every, locale),
    ...(at === undefined ? {} : { date: date(at, tag), instant: instantOf(at, tag) }),
    ...creditedIn(facts, locale),
  };
}

/** What a credit note takes back, why, and where the money goes. */
function creditedIn({ credited, currency = '' }: MailFacts, { language, tag }: Locale): Record<string, string | undefined> {
  if (credited === undefined) return {};
  const { invoice, reason, ...ways } = credited;
  const shown = Object.entries(ways).map(([way, amount]) => [way, amount === 0 ? undefined : money(amount, currency, tag)] as const);
  return {
    ...Object.fromEntries(shown),
    invoice: plain(invoice),
    reason: reason === null ? undefined : MAIL_WORDS[language].creditReasons[reason],
  };
}

/** Text of others on one line: a subject has no line breaks. */
const plain = (text: string | undefined): string | undefined => text?.replace(/\s+/g, ' ').slice(0, 200);

const fill = (sentence: string, values: Record<string, string | undefined>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

function priceOf(
  { amount, currency, interval, interval_count: count }: NonNullable<MailFacts['every']>,
  { language, tag }: Locale,
): string | undefined {
  if (amount === null) return undefined;
  const { intervals, perPeriod } = LANGUAGES[language];
  return perPeriod(money(amount, currency, tag), intervals[interval](count));
}

const BRANDS: Record<string, string> = { amex: 'American Express', diners: 'Diners Club', jcb: 'JCB', unionpay: 'UnionPay' };

const brandOf = (brand: string): string => BRANDS[brand] ?? `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`;

function monthOf({ exp_month: month, exp_year: year }: { exp_month: number; exp_year: number }, tag: string): string {
  return new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1));
}

const instantOf = (at: number, tag: string): string =>
  writtenDay(at, new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' }));
