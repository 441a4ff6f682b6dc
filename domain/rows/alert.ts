import type { Resource } from './resource';

/** Tells once a customer has used so much of a meter, or (Dunlin's own) spends so much in a period. */
export interface Alert extends Resource {
  title: string;
  alertType: 'usage_threshold' | 'spend_threshold';
  status: 'active' | 'inactive' | 'archived';
  /** How often it was activated: each time it can trigger again. */
  activation: number;
  /** Usage from this instant on counts: its creation, or when it was activated last. Not for spend. */
  countsFrom: number;
  /** Of usage. */
  meter: string | null;
  /** Of spend. */
  currency: string | null;
  /** Whom it watches; null: every customer. */
  customer: string | null;
  /** Units of the meter, or minor units. */
  gte: number;
  recurrence: 'one_time' | 'billing_period';
}

/** That an alert was triggered by a customer: once, or once in a period. */
export interface AlertTriggered extends Resource {
  alert: string;
  customer: string;
  /** Of the alert at that time. */
  activation: number;
  /** Counts what this alert was triggered for by this customer, from 0. */
  number: number;
  /** What it had come to: decimal text of units, or minor units. */
  value: string;
  /** Of spend: when the last of the periods that were counted ends; before, the alert is silent. */
  periodEnd: number | null;
}
