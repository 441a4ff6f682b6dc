import type { Resource } from './resource';

/**
 * One span of one item's usage at one price, with what was billed for it so far. The next bill is the span's price by then, less that. So
 * usage is billed once and exactly, even after a threshold in mid-period, or an event that arrived after the invoice was final.
 */
export interface UsagePeriod extends Resource {
  subscription: string;
  subscriptionItem: string;
  price: string;
  meter: string;
  dimensionFilters: Record<string, string>;
  /** The half-open span [start, end). It begins with the period, or with a change within it. While it is running, its end moves. */
  periodStart: number;
  periodEnd: number;
  /** Decimal text, by the meter's aggregation. */
  billedQuantity: string;
  /** Minor units, before discounts and tax. */
  billedAmount: number;
  /** The number of times it was billed. */
  bills: number;
  /** The item's tax rates, needed for bills after the item is removed. */
  taxRates: string[];
  /** No more events can arrive for it. */
  closed: boolean;
}
