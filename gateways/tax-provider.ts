/** The port for tax providers. Dunlin may repeat a calculation after a crash, so a calculation must change nothing at the provider. */
import { taxByEngine, type Taxed } from '../domain/line/engine-taxes';
import { taxByRates } from '../domain/line/tax-input';
import type { TaxCalculation, TaxInput } from '../domain/rows/tax-calculation';

export interface TaxProvider {
  /** The name in `tax_calculations.provider`. */
  readonly name: TaxCalculation['provider'];
  /** Returns one result per line, in the order of the lines, and the rates that it has made for them. */
  calculate(input: TaxInput): Promise<Taxed>;
}

/** Who calculates the tax of invoices with automatic tax, and of all others. */
export interface TaxProviders {
  automatic: TaxProvider;
  manual: TaxProvider;
}

/** Both without an external call: the built-in engine, and manual tax rates. */
export const BUILT_IN_TAXES: TaxProviders = {
  automatic: { name: 'dunlin', calculate: (input) => Promise.resolve(taxByEngine(input)) },
  manual: { name: 'rates', calculate: (input) => Promise.resolve({ lines: taxByRates(input), rates: [] }) },
};
