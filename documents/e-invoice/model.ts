/**
 * An invoice or a credit note in the terms of EN 16931, independent of its syntax. Amounts are decimal text with at most two decimals, dates
 * are `2026-01-31`. The numbers in comments are the standard's business terms.
 */
export interface EInvoice {
  /** BT-24: EN 16931 itself, or a country's use of it. */
  specification: string;
  /** BT-23. Null: not said. */
  process: string | null;
  /** BT-1 */
  number: string;
  /** BT-3: 380 is an invoice, 381 a credit note. */
  type: '380' | '381';
  /** BT-2 */
  issuedOn: string;
  /** BT-9 */
  dueOn: string | null;
  /** BT-20, where something is due. */
  terms: string | null;
  /** BT-5 */
  currency: string;
  /** BT-6 and BT-111: the tax in the currency of the country that it is owed to. Null: that is BT-5, or no rate was known. */
  taxAccounting: { currency: string; amount: string } | null;
  /** BT-22 */
  notes: string[];
  /** BT-10 */
  buyerReference: string | null;
  /** BT-13 */
  orderReference: string | null;
  /** BG-3: the invoice that a credit note corrects. */
  preceding: { number: string; issuedOn: string } | null;
  seller: EParty;
  buyer: EParty;
  /** BG-14: from the first to the last day that the lines are for. */
  period: EPeriod;
  /** BG-13: who receives the goods, and where. Null: the buyer, or its address says too little. */
  deliverTo: EPlace | null;
  /** BT-72: the last of these days. */
  deliveredOn: string;
  /** BG-18: the last digits of the card that paid. */
  card: string | null;
  /** BG-6: whom the buyer asks. Null: not said. */
  contact: { name: string; phone: string; email: string } | null;
  /** BG-17: where to transfer. Null: not said. */
  bank: { iban: string; bic: string | null } | null;
  lines: ELine[];
  taxes: ETax[];
  totals: ETotals;
}

export interface EPeriod {
  start: string;
  end: string;
}

/** A name and an address. */
export interface EPlace {
  name: string;
  line1: string | null;
  line2: string | null;
  city: string | null;
  postalCode: string | null;
  region: string | null;
  /** ISO 3166 */
  country: string;
}

export interface EParty extends EPlace {
  /** BT-29: the seller's own identifier. */
  identifier: string | null;
  /** BT-31, BT-48 */
  vatId: string | null;
  /** BT-32 */
  taxNumber: string | null;
  email: string | null;
}

export type TaxCategory = 'S' | 'Z' | 'E' | 'AE' | 'G' | 'O';

export interface ELine {
  id: string;
  name: string;
  quantity: string;
  /** BT-146 for `perQuantity` units (BT-149); never negative. */
  price: string;
  perQuantity: string;
  /** BT-131 */
  net: string;
  allowances: { amount: string; reason: string }[];
  category: TaxCategory;
  /** Percent; null outside the scope of the tax. */
  rate: string | null;
  period: EPeriod | null;
}

export interface ETax {
  category: TaxCategory;
  rate: string | null;
  base: string;
  amount: string;
  exemption: { reason: string; code: string | null } | null;
}

/** BT-106 to BT-115 */
export interface ETotals {
  lines: string;
  withoutTax: string;
  tax: string;
  withTax: string;
  prepaid: string;
  payable: string;
}
