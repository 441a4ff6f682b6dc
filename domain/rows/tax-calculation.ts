import type { Customer } from './customer';
import type { TaxAmount } from './invoice';
import type { TaxRate } from './tax-rate';

/** The tax on an invoice's lines, as a provider calculated it before the invoice was finalized. */
export interface TaxCalculation extends TaxAnswer {
  account: string;
  livemode: boolean;
  /** The time of the calculation: epoch seconds; on a test clock the clock's time. */
  created: number;
  currency: string;
}

/**
 * The input of a tax calculation: an invoice's lines after discounts and credits, with the terms of their rates and the customer's tax
 * exemption. It is recorded in workflow histories, so it holds ids and amounts, and no personal data.
 */
export interface TaxInput {
  currency: string;
  lines: TaxableLine[];
}

export interface TaxableLine {
  line: string;
  /** Signed minor units after discounts and credits; includes inclusive tax. */
  amount: number;
  rates: TaxTerms[];
  taxExempt: Customer['taxExempt'];
}

/** The part of a tax rate that decides the tax. */
export type TaxTerms = Pick<TaxRate, 'id' | 'percentage' | 'inclusive'>;

/** What a provider is asked about one invoice before a commit finalizes it. */
export interface TaxQuestion {
  invoice: string;
  /** Identifies the input: if the draft changes, its digest changes. */
  digest: string;
  input: TaxInput;
}

/** A provider's answer to the question with this digest. */
export interface TaxAnswer {
  invoice: string;
  digest: string;
  /** The provider. `rates`: Dunlin calculates with the tax rates of the lines and calls nobody. */
  provider: 'rates';
  lines: TaxedLine[];
}

/** `line` is the invoice line item; amounts are minor units, one for each rate of the line, in their order. */
export interface TaxedLine {
  line: string;
  taxes: TaxAmount[];
}
