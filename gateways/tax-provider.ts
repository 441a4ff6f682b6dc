/** What Dunlin asks of whoever calculates tax. A question may be asked again after a crash: it changes nothing there. */
import { taxByRates, type TaxInput } from '../domain/line/tax-input';
import type { TaxCalculation, TaxedLine } from '../domain/rows/tax-calculation';

export interface TaxProvider {
  /** As `tax_calculations.provider` names it. */
  readonly name: TaxCalculation['provider'];
  /** Answers each line, in their order. */
  calculate(input: TaxInput): Promise<TaxedLine[]>;
}

/** Manual tax rates: nobody is asked. */
export const rateTaxes: TaxProvider = { name: 'rates', calculate: (input) => Promise.resolve(taxByRates(input)) };
