import type { Resource } from './resource';

/**
 * One span of one item's usage at one price, and what of it has been billed so far. What is billed next is what the span comes to
 * by then, less that: so a threshold in mid-period, or an event that came after the invoice was final, is billed once and exactly.
 */
export interface UsagePeriod extends Resource {
  subscription: string;
  subscriptionItem: string;
  price: string;
  meter: string;
  dimensionFilters: Record<string, string>;
  /** The half-open span [start, end). It begins with the period, or with a change in it; its end moves while it is running. */
  periodStart: number;
  periodEnd: number;
  /** Decimal text, by the meter's aggregation. */
  billedQuantity: string;
  /** Minor units, before discounts and tax. */
  billedAmount: number;
  /** How often it was billed. */
  bills: number;
  /** Of the item, for what is billed when it is gone. */
  taxRates: string[];
  /** No event of it can come any more. */
  closed: boolean;
}
