import type { Resource } from './resource';

export const FORMULAS = ['count', 'last', 'max', 'sum', 'unique'] as const;
/** How events make a quantity. `max` (the largest value) and `unique` (the number of distinct values) are Dunlin's own. */
export type Formula = (typeof FORMULAS)[number];

/** Counts the events of one name, by customer. Formula and keys never change, because usage was counted by them. */
export interface Meter extends Resource {
  updated: number;
  displayName: string;
  eventName: string;
  status: 'active' | 'inactive';
  deactivatedAt: number | null;
  formula: Formula;
  /**
   * Events arrive pre-aggregated by the hour or day (UTC): in each window, only the event that was received last counts. Null: each event
   * counts.
   */
  eventTimeWindow: 'day' | 'hour' | null;
  /** The payload keys of the customer's id and of the value. */
  customerKey: string;
  valueKey: string;
  /** Payload keys by which usage can be filtered and grouped. Dunlin's own. */
  dimensionKeys: string[];
  /** The payload key with the event's cost to the seller, in minor units of `costCurrency`. Dunlin's own. */
  costKey: string | null;
  costCurrency: string | null;
}
