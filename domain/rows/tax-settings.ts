import type { Address, Resource } from './resource';

/** The seller's settings for automatic tax, of one account and mode. Without a row, nothing is set. */
export interface TaxSettings extends Resource {
  /** Where the seller is established. Without it no tax is calculated. */
  headOffice: Address | null;
  /** For prices that say nothing. `inferred_by_currency`: usd and cad exclusive, all others inclusive. */
  taxBehavior: DefaultTaxBehavior | null;
  /** For products that have no tax code. */
  taxCode: string | null;
}

export type DefaultTaxBehavior = 'inclusive' | 'exclusive' | 'inferred_by_currency';
