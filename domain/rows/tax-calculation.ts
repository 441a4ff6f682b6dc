import type { TaxAmount } from './invoice';

/** What tax is on an invoice's lines, as a provider answered before the invoice was finalized. */
export interface TaxCalculation {
  invoice: string;
  account: string;
  livemode: boolean;
  /** When it was calculated, epoch seconds; on a test clock its time. */
  created: number;
  /** Who answered. `rates`: the tax rates of the lines, which need nobody else. */
  provider: 'rates';
  /** Of what was asked: a draft that has changed since has another. */
  digest: string;
  currency: string;
  lines: TaxedLine[];
}

/** `line` is the invoice line item; amounts are minor units, one for each rate of the line, in their order. */
export interface TaxedLine {
  line: string;
  taxes: TaxAmount[];
}
