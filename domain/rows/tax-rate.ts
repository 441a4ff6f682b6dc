import type { Metadata, Resource } from './resource';

export interface TaxRate extends Resource {
  active: boolean;
  displayName: string;
  /** Percent with up to four decimals, as text: '20', '8.875'. */
  percentage: string;
  /** The part of the price that the percentage applies to, in percent: Texas taxes '80'. '100' for rates that callers make. */
  basis: string;
  inclusive: boolean;
  country: string | null;
  state: string | null;
  jurisdiction: string | null;
  description: string | null;
  taxType: string | null;
  /** Automatic tax made it: callers cannot use it. */
  isAutomatic: boolean;
  metadata: Metadata;
}
