import type { Resource } from './resource';

/** What documents say for every customer, of one account and mode. Without a row, nothing is set. */
export interface DocumentSettings extends Resource {
  contact: SellerContact | null;
  bankAccount: SellerBankAccount | null;
  /** Above the lines, if nothing nearer to the invoice has a text. */
  memo: string | null;
  /** Below everything, if nothing nearer to the invoice has a text. */
  footer: string | null;
  customFields: { name: string; value: string }[] | null;
  pageSize: PageSize;
}

/** `auto`: the usual paper of the buyer's country. */
export type PageSize = 'auto' | 'a4' | 'letter';

/** Whom a customer asks about an invoice. */
export interface SellerContact {
  name: string | null;
  phone: string | null;
  email: string | null;
}

/** To which a customer transfers. */
export interface SellerBankAccount {
  iban: string;
  bic: string | null;
}

/** The part that an invoice keeps when it becomes final. In Stripe's snake_case. */
export interface SellerDetails {
  contact: SellerContact | null;
  bank_account: SellerBankAccount | null;
  page_size: PageSize;
}
