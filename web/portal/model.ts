/** What the pages of the portal show: plain data, made by the server from rows. Amounts are minor units of the `currency` beside them. */
import type { MethodType } from '../../domain/rows/payment-method';
import type { Responsibilities } from '../../domain/rows/account';
import type { Branding } from '../../domain/rows/branding-settings';
import type { CancellationReason, CustomerUpdate } from '../../domain/rows/portal';
import type { PortalProblem } from '../words/portal-problems';
import type { AnswerHours } from '../components/answer-time';
import type { EnteredAddress } from '../components/address-fields';
import type { Locale } from '../words/languages';

export interface PortalFrame {
  locale: Locale;
  branding: Branding;
  isTest: boolean;
  /** The path of the session, under which all pages are. */
  base: string;
  /** Sent back by each form, so that the same form counts once. */
  submission: string;
  headline: string | null;
  privacy: string | null;
  terms: string | null;
  returnUrl: string | null;
  /** The help pages of this seller. */
  help: string;
  problem: PortalProblem | null;
  /** The pages without a login on which contracts are ended; null: the seller has none. */
  contracts: { cancel: string; withdraw: string } | null;
  /** Whether the last form has changed something. */
  isSaved: boolean;
}

export type PortalView =
  | ({ name: 'home' } & PortalHome)
  | ({ name: 'card' } & PortalCardForm)
  | ({ name: 'details' } & PortalDetails)
  | ({ name: 'plan' } & PortalPlan)
  | ({ name: 'confirm' } & PortalConfirmation)
  | ({ name: 'cancel' } & PortalCancellation)
  | ({ name: 'access' } & PortalAccess)
  | ({ name: 'support' } & PortalSupport)
  | ({ name: 'pause' } & PortalPause)
  | { name: 'done'; message: string | null }
  | ({ name: 'privacy' } & PortalPrivacy)
  | ({ name: 'usage' } & PortalUsage)
  | ({ name: 'quote' } & PortalQuote)
  | { name: 'expired' };

export interface PortalHome {
  subscriptions: PortalSubscription[];
  /** Null: the seller does not show them here. */
  cards: PortalCard[] | null;
  invoices: PortalPart<PortalInvoice> | null;
  details: PortalDetails | null;
  /** Whether there is a page of licenses and downloads. */
  hasAccess: boolean;
  /** Those that wait for an answer. */
  quotes: PortalQuote[];
  creditNotes: PortalPart<PortalCreditNote>;
  /** What was bought without an invoice. */
  orders: PortalPart<PortalOrder>;
  hasUsage: boolean;
}

/** A part of a list, newest first. */
export interface PortalPart<Row> {
  rows: Row[];
  /** After which row the older ones come; null: there are none. */
  older: string | null;
}

export interface PortalOrder {
  id: string;
  lines: { name: string; quantity: number }[];
  at: number;
  /** What was paid, or will be once the bank has answered or the seller has captured it. */
  amount: number;
  currency: string;
  refunded: number;
  /** A bank still decides on the payment, or it is reserved. */
  isPending: boolean;
  /** The address of its receipt; null: there is none yet, or nothing was to be paid. */
  receipt: string | null;
}

export interface PortalCreditNote {
  number: string;
  at: number;
  amount: number;
  currency: string;
  isVoid: boolean;
  pdf: string;
}

export interface PortalQuote {
  id: string;
  number: string;
  currency: string;
  /** What it offers, before discounts and tax. The amount of a metered price is null. */
  lines: { name: string; quantity: number | null; amount: number | null }[];
  /** The total of the first invoice, and what of it is tax. */
  upfront: number;
  tax: number;
  recurring: { amount: number; every: PortalItem['every'] } | null;
  expiresAt: number;
  header: string | null;
}

export interface PortalUsage {
  subscriptions: {
    currency: string;
    from: number;
    to: number;
    /** So far, before discounts and tax. */
    total: number;
    /** At the end of the period; null: it cannot be said. */
    expected: number | null;
    items: PortalUsedItem[];
  }[];
  /** Null: it is being counted. */
  credits: { currency: string; left: number | null }[];
  topUps: { currency: string; threshold: number; amount: number; price: number; monthlyLimit: number; isPaused: boolean }[];
}

export interface PortalUsedItem {
  name: string;
  meter: string;
  /** Decimal text. */
  quantity: string;
  amount: number;
  forecast: { quantity: string; amount: number } | null;
  /** What each day has added, oldest first. */
  days: { at: number; value: number }[];
}

export interface PortalSupport {
  /** Newest first. */
  tickets: PortalTicket[];
  responsibilities: Responsibilities;
  answerHours: AnswerHours;
}

export interface PortalTicket {
  id: string;
  subject: string;
  status: 'answered' | 'closed' | 'open';
  /** When the customer can expect an answer; null if nothing waits. */
  answerBy: number | null;
  isLate: boolean;
  /** As they came. What somebody has written is shown as text. */
  messages: { id: string; author: 'customer' | 'seller'; name: string | null; at: number; text: string }[];
}

export interface PortalSubscription {
  id: string;
  name: string;
  currency: string;
  items: PortalItem[];
  state: 'active' | 'incomplete' | 'past_due' | 'paused' | 'trialing' | 'unpaid';
  /** What is charged next; null: nothing, or it is not known. */
  next: { amount: number; at: number } | null;
  /** When it ends; null: it renews. Epoch seconds. */
  endsAt: number | null;
  /** The change that waits for the end of the period. */
  planned: { item: PortalItem; at: number } | null;
  /** Null: it is not paused. `until` null: until the customer ends the pause. */
  paused: { until: number | null } | null;
  can: { change: boolean; cancel: boolean; keep: boolean; pause: boolean; resume: boolean; unplan: boolean };
}

export interface PortalItem {
  name: string;
  quantity: number | null;
  /** Of a period, before discounts and tax; null if usage decides it. */
  amount: number | null;
  every: { interval: 'day' | 'week' | 'month' | 'year'; count: number };
}

export interface PortalCard {
  id: string;
  brand: string;
  /** Empty for an account at Link. */
  last4: string;
  /** `04/30`; null for a bank account. */
  expiry: string | null;
  /** The name of the wallet that the card is in. */
  wallet: string | null;
  isDefault: boolean;
  canBeRemoved: boolean;
}

export interface PortalInvoice {
  id: string;
  number: string;
  at: number;
  amount: number;
  currency: string;
  status: 'open' | 'paid' | 'uncollectible' | 'void';
  /** A bank collects it. */
  isCollected: boolean;
  page: string;
  pdf: string;
}

export interface PortalCardForm {
  /** The name on the customer's last card, or its own. */
  holder: string;
  methods: readonly MethodType[];
  /** Nothing is charged by default yet, so that this is. */
  isFirst: boolean;
}

export interface PortalDetails {
  allowed: readonly CustomerUpdate[];
  /** The name of the customer. */
  called: string;
  email: string;
  phone: string;
  address: EnteredAddress;
  shipping: { name: string; address: EnteredAddress };
  taxIds: { id: string; value: string }[];
}

export interface PortalPlan {
  subscription: PortalSubscription;
  choices: { price: string; item: PortalItem; isPresent: boolean }[];
  /** Null: the quantity stays as it is. */
  quantity: { present: number; minimum: number; maximum: number | null } | null;
  /** Whether the customer may enter a promotion code. */
  takesCode: boolean;
  isCodeWrong: boolean;
}

/** A change with what it costs. */
export interface PortalConfirmation {
  subscription: PortalSubscription;
  item: PortalItem;
  price: string;
  quantity: number | null;
  /** The instant as of which the change is computed. */
  at: number;
  /** The promotion code that was entered; null: none. */
  code: string | null;
  /** Null: the change waits for the end of the period, and costs nothing before. */
  preview: PortalPreview | null;
  /** When it is made, if it waits. */
  waitsUntil: number | null;
  endsTrial: boolean;
  /** Whether the customer may choose something else. */
  canChoose: boolean;
}

export interface PortalPreview {
  lines: { text: string; amount: number }[];
  /** What comes on or off the sum of the lines. Minor units. */
  sums: { of: 'balance' | 'discount' | 'tax'; amount: number }[];
  total: number;
  /** What is charged at once, or with the next invoice. */
  due: number;
  isNow: boolean;
  /** When the next invoice is; null if it is charged at once. */
  at: number | null;
}

export interface PortalCancellation {
  subscription: PortalSubscription;
  /** Null: it ends at once. */
  endsAt: number | null;
  /** What is credited for the unused time; null: nothing. */
  credit: number | null;
  /** Null: the customer is not asked. */
  reasons: readonly CancellationReason[] | null;
  /** What is offered to who stays; null: nothing. */
  offer: PortalOffer | null;
}

/** A coupon. Either `percent` or `amount` is set. */
export interface PortalOffer {
  percent: number | null;
  amount: number | null;
  duration: 'forever' | 'once' | 'repeating';
  months: number | null;
}

export interface PortalPrivacy {
  /** When a request to be deleted is answered; null: there is none. */
  deletionBy: number | null;
}

export interface PortalPause {
  subscription: PortalSubscription;
  /** The instant from which the durations count. */
  at: number;
  /** Null: until the customer ends the pause. */
  options: { interval: { interval: 'day' | 'week' | 'month' | 'year'; count: number }; until: number }[] | null;
}

export interface PortalAccess {
  licenses: PortalLicense[];
  downloads: PortalDownload[];
}

export interface PortalLicense {
  id: string;
  /** The product's name. */
  product: string;
  state: 'active' | 'expired' | 'revoked' | 'suspended';
  /** Null: it cannot be used any more. */
  key: string | null;
  activationLimit: number | null;
  expiresAt: number | null;
  machines: { id: string; name: string }[];
}

export interface PortalDownload {
  id: string;
  name: string;
  product: string;
  url: string;
}
