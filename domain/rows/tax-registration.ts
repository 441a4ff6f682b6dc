import type { Resource } from './resource';

/** A registration of the seller with a tax authority. Its status follows from the time. */
export interface TaxRegistration extends Resource {
  /** ISO 3166-1, upper case. */
  country: string;
  type: TaxRegistrationType;
  /** Where goods and services count as supplied, in the countries that ask for it. */
  scheme: PlaceOfSupplyScheme | null;
  /** The state of the United States or the province of Canada. */
  state: string | null;
  /** Epoch seconds. */
  activeFrom: number;
  /** Epoch seconds; null: until further notice. */
  expiresAt: number | null;
}

export type TaxRegistrationType =
  'standard' | 'simplified' | 'oss_union' | 'oss_non_union' | 'ioss' | 'igic' | 'province_standard' | 'state_sales_tax';

export type PlaceOfSupplyScheme = 'standard' | 'small_seller' | 'inbound_goods';
