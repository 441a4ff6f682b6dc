/** The ports for tax providers. Dunlin may repeat a calculation after a crash, so a calculation must change nothing at the provider. */
import { taxByEngine, type Taxed } from '../domain/line/engine-taxes';
import { taxByRates } from '../domain/line/tax-input';
import type { JurisdictionLevel, TaxedSale, TaxInput } from '../domain/rows/tax-calculation';
import type { RemoteTaxProviderName, TaxProviderName } from '../domain/rows/tax-provider';
import type { RecordedLine } from '../domain/rows/tax-record';
import type { Seller } from './payment-gateway';

/** Calculates in Dunlin's own process, without an external call. */
interface LocalTaxProvider {
  /** The name in `tax_calculations.provider`. */
  readonly name: Exclude<TaxProviderName, RemoteTaxProviderName>;
  /** Returns one result per line, in the order of the lines, and the rates that it has made for them. */
  calculate(input: TaxInput): Taxed;
}

/** Who calculates the tax of invoices with automatic tax, and of all others. */
export const LOCAL_TAXES: Record<'automatic' | 'manual', LocalTaxProvider> = {
  automatic: { name: 'dunlin', calculate: taxByEngine },
  manual: { name: 'rates', calculate: (input) => ({ lines: taxByRates(input), rates: [] }) },
};

/** The remote providers of this installation, by name, each for one seller. A name is absent, or gives null, if it has no key. */
export type RemoteTaxProviders = Partial<Record<RemoteTaxProviderName, (seller: Seller) => RemoteTaxProvider | null>>;

/** A provider that Dunlin calls over the network. */
export interface RemoteTaxProvider {
  /**
   * Calculates the tax of one sale, and returns one result per line, in the order of the lines.
   *
   * @throws TaxRefused, TaxProviderUnavailable
   */
  calculate(sale: TaxedSale): Promise<RemoteTaxed>;

  /**
   * Records a sale by one of its calculations. The same reference is recorded once, however often it is asked.
   *
   * @throws TaxProviderUnavailable
   */
  record(sale: { calculation: string; reference: string }): Promise<RecordedLine[]>;

  /**
   * Records that lines of one transaction, with amounts below zero, were credited.
   *
   * @returns the provider's id of the reversal
   * @throws TaxProviderUnavailable
   */
  reverse(credit: { transaction: string; reference: string; lines: readonly RecordedLine[] }): Promise<string>;

  /**
   * Takes such a reversal back as a whole.
   *
   * @returns the provider's id of what takes it back
   * @throws TaxProviderUnavailable
   */
  takeBack(credit: { reversal: string; reference: string }): Promise<string>;
}

export interface RemoteTaxed extends Taxed {
  /** The provider's own ids of the calculations of what is sold. Those of what is given back are not kept: they are no sales. */
  calculations: string[];
  /** By the rate's id. */
  levels: Record<string, JurisdictionLevel>;
}

/** The provider does not accept the customer's place, and will not accept it later. */
export class TaxRefused extends Error {
  override name = 'TaxRefused';
}

/** The provider did not answer, or answered that it cannot calculate now. The message has no personal data. */
export class TaxProviderUnavailable extends Error {
  override name = 'TaxProviderUnavailable';

  constructor(
    message: string,
    /** Whether the same call may succeed within seconds. A wrong key, for example, stays wrong. */
    readonly isPassing: boolean,
  ) {
    super(message);
  }
}
