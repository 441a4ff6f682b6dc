import type { Resource } from './resource';

export const FORMULAS = ['count', 'last', 'max', 'sum', 'unique'] as const;
/** How events make a quantity. `max` (the largest value) and `unique` (how many distinct values) are Dunlin's own. */
export type Formula = (typeof FORMULAS)[number];

/** What is counted: events of one name, by customer. Formula and keys never change, since usage was counted by them. */
export interface Meter extends Resource {
  updated: number;
  displayName: string;
  eventName: string;
  status: 'active' | 'inactive';
  deactivatedAt: number | null;
  formula: Formula;
  /** Events come counted by the hour or day (UTC): of one window's the one received last counts. Null: each counts. */
  eventTimeWindow: 'day' | 'hour' | null;
  /** Where in an event's payload the customer's id is, and the value. */
  customerKey: string;
  valueKey: string;
  /** Payload keys by which usage can be filtered and grouped. Dunlin's own. */
  dimensionKeys: string[];
  /** Where the payload says what an event cost the seller, in minor units of `costCurrency`. Dunlin's own. */
  costKey: string | null;
  costCurrency: string | null;
}
