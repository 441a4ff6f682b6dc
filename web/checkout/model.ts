/** What the checkout page shows: plain data, made by the server from rows. Amounts are minor units of `currency`. */
import type { Branding } from '../../domain/rows/branding-settings';
import type { MethodType, WalletType } from '../../domain/rows/payment-method';
import type { PriceAnswer } from '../../domain/rows/experiment';
import type { EnteredAddress } from '../components/address-fields';
import type { Law } from '../law';
import type { ShownVoucher } from '../components/voucher';
import type { Locale } from '../words/languages';

export interface CheckoutModel {
  state: 'open' | 'processing' | 'complete' | 'expired';
  locale: Locale;
  law: Law;
  branding: Branding;
  /** With whom the contract is. */
  seller: string;
  isTest: boolean;
  mode: 'payment' | 'setup' | 'subscription';
  currency: string;
  /** The attempts so far, which the form sends back. */
  attempt: number;
  lines: CheckoutModelLine[];
  amounts: { subtotal: number; discount: number; shipping: number; tax: number; total: number; due: number };
  /** Whether the tax is added to the prices; otherwise it is inside. */
  isTaxAdded: boolean;
  renewal: Renewal | null;
  /** Epoch seconds; null without a trial. */
  trialEnd: number | null;
  /** What the buyer may add. */
  optional: OptionalChoice[];
  /** What a new payment can be made with. */
  methods: readonly MethodType[];
  /** When a Canadian account is debited, in the seller's words; null: not said. */
  debitInterval: string | null;
  /** Those that have a card to pay with. */
  wallets: readonly WalletType[];
  /** The customer's saved cards and accounts, if the page may offer them. */
  saved: { cards: SavedCard[]; isRemovable: boolean; isSavable: boolean };
  promotion: { isAsked: boolean; code: string | null };
  /** Known of the buyer so far. */
  entered: Entered;
  /** The seller has named the buyer, whose address it is. */
  isEmailFixed: boolean;
  /** What the seller asks for besides the payment. */
  asked: Asked;
  texts: Texts;
  /** The seller's words after the purchase. */
  confirmation: string | null;
  /** What a complete session has bought with a license key. */
  licenses: { product: string; key: string }[];
  /** The question on the price, after the purchase; null: not asked. */
  priceQuestion: { answer: PriceAnswer | null } | null;
  delivery: { countries: readonly string[] | null; options: ShippingChoice[] };
  /** The seller's word for the button. */
  submit: 'auto' | 'book' | 'donate' | 'pay' | 'subscribe';
  needsCard: boolean;
  /** Why a complete session is not paid: a bank collects, the seller captures later, or neither will bring the money. Null: it is paid, or costs nothing. */
  unpaid: 'collecting' | 'notPaid' | 'reserved' | null;
  /** With which a complete session is still to be paid. */
  voucher: ShownVoucher | null;
  needsAddress: boolean;
  problem: Problem | null;
  cancelUrl: string | null;
}

export interface OptionalChoice {
  price: string;
  name: string;
  quantity: number;
  /** Of the quantity, before discounts and tax; null if usage or tiers decide it. */
  amount: number | null;
  recurring: { interval: Renewal['interval']; count: number } | null;
}

export interface SavedCard {
  id: string;
  brand: string;
  /** Empty for an account at Link. */
  last4: string;
  /** `MM/YY`; null for a bank account. */
  expiry: string | null;
  /** The name of the wallet that the card is in. */
  wallet: string | null;
}

/** What recurs: one interval for all lines, or null where they differ. */
export interface Renewal {
  interval: 'day' | 'week' | 'month' | 'year';
  count: number;
  /** Of each period, with the discounts that never end; null if usage decides it. */
  amount: number | null;
  /** What other discounts make of the periods until then; null if they reduce none after today. Epoch seconds. */
  reduced: { amount: number; until: number } | null;
  /** Whether tax is added to that amount. */
  plusTax: boolean;
  /** When it is charged for the first time after today. Epoch seconds. */
  from: number;
}

export interface Asked {
  phone: boolean;
  businessName: Need;
  taxId: Need;
  individualName: Need;
  fields: CustomField[];
  promotions: boolean;
  /** Where the terms that the buyer must accept are; null: none must be. */
  terms: string | null;
  privacy: string | null;
}

export type Need = 'required' | 'optional' | null;

/** A question of the seller's own. */
export interface CustomField {
  name: string;
  label: string;
  isOptional: boolean;
  type: 'dropdown' | 'numeric' | 'text';
  options: { label: string; value: string }[];
  minimumLength: number | undefined;
  maximumLength: number;
  value: string;
}

/** The seller's own words, with `**bold**` and `[links](https://…)`; null: none. */
export interface Texts {
  submit: string | null;
  shippingAddress: string | null;
  afterSubmit: string | null;
  terms: string | null;
}

export interface ShippingChoice {
  id: string;
  name: string;
  amount: number;
  isChosen: boolean;
  /** How long it takes; null: not said. */
  from: DeliveryTime | null;
  to: DeliveryTime | null;
}

export interface DeliveryTime {
  unit: 'business_day' | 'day' | 'hour' | 'month' | 'week';
  value: number;
}

export interface Entered extends EnteredAddress {
  shippingName: string;
  shipping: EnteredAddress;
  phone: string;
  businessName: string;
  taxId: string;
  individualName: string;
  email: string;
  name: string;
}

export interface Entered extends EnteredAddress {
  phone: string;
  businessName: string;
  individualName: string;
  email: string;
  name: string;
}

/** Why the last submission has failed; the words are in `web/words`. */
export type Problem =
  | 'notApproved'
  | 'declined'
  | 'insufficientFunds'
  | 'expiredCard'
  | 'wrongCard'
  | 'wrongAccount'
  | 'amountChanged'
  | 'submittedElsewhere'
  | 'unknownCode'
  | 'soldOut'
  | 'subscribed'
  | 'wrongTaxId'
  | 'missing'
  | 'failed';

export interface CheckoutModelLine {
  id: string;
  name: string;
  quantity: number | null;
  adjustable: { minimum: number; maximum: number } | null;
  /** What it costs now, before discounts and tax. */
  amount: number;
  /** The buyer has added it, and may remove it. */
  isOptional: boolean;
}
