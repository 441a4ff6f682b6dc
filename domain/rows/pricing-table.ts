import type { Metadata, Resource } from './resource';

/** A page that shows products side by side, and opens a checkout for the one that a visitor chooses. */
export interface PricingTable extends Resource {
  active: boolean;
  url: string;
  products: PricedProduct[];
  settings: PricingTableSettings;
  metadata: Metadata;
}

/** In Stripe's snake_case, as stored and shown. Features come from the product's `marketing_features`. */
export interface PricedProduct {
  product: string;
  /** At most one for each interval. */
  prices: string[];
  /** Whether the page draws attention to it. */
  highlighted: boolean;
}

/** What a chosen product's checkout has. In Stripe's snake_case. */
export interface PricingTableSettings {
  allow_promotion_codes: boolean;
  automatic_tax: boolean;
  /** Decides which prices, or which other table, a visitor sees while it runs. */
  experiment: string | null;
  success_url: string | null;
  trial_period_days: number | null;
}
