import type { TaxAmount } from './invoice';

/** The tax on an invoice's lines, as a provider calculated it before the invoice was finalized. */
export interface TaxCalculation {
  invoice: string;
  account: string;
  livemode: boolean;
  /** The time of the calculation: epoch seconds; on a test clock the clock's time. */
  created: number;
  /** The provider. `rates`: Dunlin calculates with the tax rates of the lines and calls nobody. */
  provider: 'rates';
  /** The digest of the provider's input. If the draft changes, its digest changes. */
  digest: string;
  currency: string;
  lines: TaxedLine[];
}

/** `line` is the invoice line item; amounts are minor units, one for each rate of the line, in their order. */
export interface TaxedLine {
  line: string;
  taxes: TaxAmount[];
}
