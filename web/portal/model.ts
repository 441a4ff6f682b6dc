/** What the pages of the portal show: plain data, made by the server from rows. Amounts are minor units of the `currency` beside them. */
import type { MethodType } from '../../domain/rows/payment-method';
import type { Responsibilities } from '../../domain/rows/account';
import type { Branding } from '../../domain/rows/branding-settings';
import type { CancellationReason, CustomerUpdate } from '../../domain/rows/portal';
import type { Problem } from '../checkout/model';
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
  problem: Problem | null;
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
  | { name: 'done'; message: string | null }
  | { name: 'expired' };

export interface PortalHome {
  subscriptions: PortalSubscription[];
  /** Null: the seller does not show them here. */
  cards: PortalCard[] | null;
  invoices: { rows: PortalInvoice[]; older: string | null } | null;
  details: PortalDetails | null;
  /** Whether there is a page of licenses and downloads. */
  hasAccess: boolean;
}

export interface PortalSupport {
  /** Newest first. */
  tickets: PortalTicket[];
  responsibilities: Responsibilities;
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
  can: { change: boolean; cancel: boolean; keep: boolean };
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
  last4: string;
  /** `04/30`; null for a bank account. */
  expiry: string | null;
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
}

export interface PortalDetails {
  allowed: readonly CustomerUpdate[];
  /** The name of the customer. */
  called: string;
  email: string;
  phone: string;
  address: EnteredAddress;
  taxIds: { id: string; value: string }[];
}

export interface PortalPlan {
  subscription: PortalSubscription;
  choices: { price: string; item: PortalItem; isPresent: boolean }[];
  /** Null: the quantity stays as it is. */
  quantity: { present: number; minimum: number; maximum: number | null } | null;
}

/** A change with what it costs. */
export interface PortalConfirmation {
  subscription: PortalSubscription;
  item: PortalItem;
  price: string;
  quantity: number | null;
  /** The instant as of which the change is computed. */
  at: number;
  preview: PortalPreview;
  endsTrial: boolean;
  /** Whether the customer may choose something else. */
  canChoose: boolean;
}

export interface PortalPreview {
  lines: { text: string; amount: number }[];
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
