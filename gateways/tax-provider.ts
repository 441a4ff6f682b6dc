/** The port for tax providers. Dunlin may repeat a calculation after a crash, so a calculation must change nothing at the provider. */
import { taxByRates } from '../domain/line/tax-input';
import type { TaxCalculation, TaxedLine, TaxInput } from '../domain/rows/tax-calculation';

export interface TaxProvider {
  /** The name in `tax_calculations.provider`. */
  readonly name: TaxCalculation['provider'];
  /** Returns one result per line, in the order of the lines. */
  calculate(input: TaxInput): Promise<TaxedLine[]>;
}

/** Manual tax rates, without an external call. */
export const rateTaxes: TaxProvider = { name: 'rates', calculate: (input) => Promise.resolve(taxByRates(input)) };
