import type { Address, Metadata, Resource } from './resource';

export type CardCheck = 'pass' | 'fail' | 'unavailable' | 'unchecked';

/** The networks of cards, by Stripe's names. */
export const CARD_BRANDS = [
  'amex',
  'cartes_bancaires',
  'diners',
  'discover',
  'eftpos_au',
  'jcb',
  'link',
  'mastercard',
  'unionpay',
  'unknown',
  'visa',
] as const;

/** In Stripe's snake_case because the API returns it unchanged. Never contains a number or a CVC. */
export interface Card {
  brand: string;
  last4: string;
  /** The first six digits, which name the bank. */
  bin?: string;
  exp_month: number;
  exp_year: number;
  fingerprint: string;
  funding: 'credit' | 'debit' | 'prepaid' | 'unknown';
  country: string;
  checks: {
    address_line1_check: CardCheck | null;
    address_postal_code_check: CardCheck | null;
    cvc_check: CardCheck | null;
  };
  three_d_secure_supported: boolean;
  /** Absent: the card itself was entered. */
  wallet?: Wallet;
}

/** What a card pays from, by Stripe's names. */
export const WALLET_TYPES = ['apple_pay', 'google_pay', 'link'] as const;
export type WalletType = (typeof WALLET_TYPES)[number];

export const WALLET_NAMES: Record<WalletType, string> = { apple_pay: 'Apple Pay', google_pay: 'Google Pay', link: 'Link' };

export interface Wallet {
  type: WalletType;
  /** Of the device's own number for the card; null if it has none. */
  dynamic_last4: string | null;
}

/** Accounts from which a bank collects: the buyer agrees to it in a mandate, and the outcome is known days later. */
export const DEBIT_TYPES = ['acss_debit', 'au_becs_debit', 'bacs_debit', 'sepa_debit', 'us_bank_account'] as const;
export type DebitType = (typeof DEBIT_TYPES)[number];

/** The payer approves each payment where the page sends them: at their bank, or in a wallet. Nothing is kept for a later one. */
export const REDIRECT_TYPES = ['bancontact', 'eps', 'ideal', 'klarna', 'p24', 'twint'] as const;
export type RedirectType = (typeof REDIRECT_TYPES)[number];

/** The payer gets numbers, and pays with them later: in a shop, at a machine, or at their bank. Nothing is kept for a later payment. */
export const VOUCHER_TYPES = ['boleto', 'konbini', 'multibanco', 'oxxo'] as const;
export type VoucherType = (typeof VOUCHER_TYPES)[number];

/** Every type that a gateway has, in the order of the pages. `link` is an account at Link, of which neither a card nor a bank account is known. */
export const METHOD_TYPES = ['card', 'link', ...DEBIT_TYPES, ...REDIRECT_TYPES, ...VOUCHER_TYPES] as const;
export type MethodType = (typeof METHOD_TYPES)[number];

/** The schemes by their own names, which are the same in every language. */
export const DEBIT_NAMES: Record<DebitType, string> = {
  acss_debit: 'Pre-authorized debit (PAD)',
  au_becs_debit: 'BECS Direct Debit',
  bacs_debit: 'Bacs Direct Debit',
  sepa_debit: 'SEPA Direct Debit',
  us_bank_account: 'ACH Direct Debit',
};

export const REDIRECT_NAMES: Record<RedirectType, string> = {
  bancontact: 'Bancontact',
  eps: 'EPS',
  ideal: 'iDEAL',
  klarna: 'Klarna',
  p24: 'Przelewy24',
  twint: 'TWINT',
};

export const VOUCHER_NAMES: Record<VoucherType, string> = {
  boleto: 'Boleto',
  konbini: 'Konbini',
  multibanco: 'Multibanco',
  oxxo: 'OXXO',
};

/** Never contains the number of the account. */
export interface BankAccount {
  country: string;
  fingerprint: string;
  last4: string;
  bankName: string | null;
  /** What names the bank in its country: the sort code, the routing number, … By Stripe's names. */
  bankCodes: Partial<Record<BankCode, string>>;
  /** Of a `us_bank_account`. */
  holderType: 'company' | 'individual' | null;
  accountType: 'checking' | 'savings' | null;
}

export type BankCode =
  'bank_code' | 'branch_code' | 'bsb_number' | 'institution_number' | 'routing_number' | 'sort_code' | 'transit_number';

export interface BillingDetails {
  address: Address;
  email: string | null;
  name: string | null;
  phone: string | null;
  tax_id: string | null;
}

export interface PaymentMethod extends Resource {
  customer: string | null;
  type: MethodType;
  allowRedisplay: 'always' | 'limited' | 'unspecified';
  billingDetails: BillingDetails;
  /** Null for another type. */
  card: Card | null;
  /** Null for another type. */
  bankAccount: BankAccount | null;
  /** The mandate that covers later payments from the bank account; null if its holder has agreed to none, or it is inactive. */
  mandate: string | null;
  /** The processor that stores it, and its name there. For the sandbox, that name is the behavior of the card or account. */
  gateway: string;
  gatewayReference: string;
  /** What the processor knows about the card's risk before any charge. */
  riskLevel: 'normal' | 'elevated' | 'highest';
  /** A setup or an on-session payment authenticated it, so later off-session charges may skip 3-D Secure. */
  setUp: boolean;
  /** A card in its older form: one of the customer's sources, with an id of its own kind (`card_…`). */
  isSource: boolean;
  /** Whether the card's token (`tok_…`) was used, which is possible once. Null if no token refers to the card. */
  token: 'unused' | 'used' | null;
  /** The month of the expiry of which its customer was told: 202604. */
  expiryToldFor: number | null;
  metadata: Metadata;
}

/** A source, and what only cards have. */
export function cardIn({ id, card }: Pick<PaymentMethod, 'card' | 'id'>): Card {
  if (card === null) throw new Error(`${id} is no card`);
  return card;
}

/** The same for the same card, and for the same account. Nothing is known of a payer who is sent elsewhere: each is another one. */
export const fingerprintOf = ({ card, bankAccount, id }: Pick<PaymentMethod, 'bankAccount' | 'card' | 'id'>): string =>
  (card ?? bankAccount)?.fingerprint ?? id;

export const isDebit = (type: MethodType): type is DebitType => (DEBIT_TYPES as readonly string[]).includes(type);
export const isRedirect = (type: MethodType): type is RedirectType => (REDIRECT_TYPES as readonly string[]).includes(type);
export const isVoucher = (type: MethodType): type is VoucherType => (VOUCHER_TYPES as readonly string[]).includes(type);
/** Whether each payment needs the payer, so that nothing can be kept for a later one. */
export const paysOnce = (type: MethodType): type is RedirectType | VoucherType => isRedirect(type) || isVoucher(type);
/** The types that can be charged later, too. */
export const REUSABLE_TYPES: readonly MethodType[] = METHOD_TYPES.filter((type) => !paysOnce(type));

/** Of a type that pays once. */
export const onceNameOf = (type: RedirectType | VoucherType): string => (isVoucher(type) ? VOUCHER_NAMES[type] : REDIRECT_NAMES[type]);
