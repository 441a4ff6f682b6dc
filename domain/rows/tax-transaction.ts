import type { CalculatedTaxLine, TaxCustomerDetails } from './requested-tax-calculation';
import type { Metadata, Resource } from './resource';

/** Tax that was collected on a sale outside Dunlin's invoices, or a reversal of a part of it. It never changes. */
export interface TaxTransaction extends Resource {
  type: 'transaction' | 'reversal';
  /** The caller's own name of the sale; unique in the account and mode, reversals included. */
  reference: string;
  /** The transaction that it reverses. Null: it is none. */
  original: string | null;
  /** The calculation that it records. Null: a reversal. */
  calculation: string | null;
  currency: string;
  customer: string | null;
  customerDetails: TaxCustomerDetails;
  /** The instant whose rates applied, epoch seconds. */
  taxDate: number;
  /** When the tax became owed, epoch seconds. */
  postedAt: number;
  lines: TaxTransactionLine[];
  shippingCost: TaxTransactionShipping | null;
  metadata: Metadata;
}

/** In Stripe's snake_case. Amounts are minor units, and negative in a reversal. */
export interface TaxTransactionLine extends TaxTransactionShipping {
  id: string;
  metadata: Metadata | null;
  product: string | null;
  quantity: number;
  /** Unique in the transaction. */
  reference: string;
  /** The line that it reverses. */
  original_line_item: string | null;
}

/** `amount` contains the tax if it is `inclusive`. */
export type TaxTransactionShipping = Pick<CalculatedTaxLine, 'amount' | 'amount_tax' | 'tax_behavior' | 'tax_code'>;
