import type { Metadata, Resource } from './resource';

export type Interval = 'day' | 'week' | 'month' | 'year';

export interface Recurring {
  interval: Interval;
  interval_count: number;
  usage_type: 'licensed';
  trial_period_days: number | null;
}

export type TaxBehavior = 'inclusive' | 'exclusive' | 'unspecified';

/** What one unit of a product costs. `unitAmount` is null where `unitAmountDecimal` has a fraction of a minor unit. */
export interface Price extends Resource {
  product: string;
  active: boolean;
  type: 'one_time' | 'recurring';
  currency: string;
  unitAmount: number | null;
  /** Minor units with up to 12 decimals, as text. */
  unitAmountDecimal: string;
  recurring: Recurring | null;
  taxBehavior: TaxBehavior;
  nickname: string | null;
  lookupKey: string | null;
  metadata: Metadata;
}
