import type { Resource } from './resource';

/** Notifies the seller once a customer has used `gte` units of a meter, or (Dunlin's own) spends `gte` in a period. */
export interface Alert extends Resource {
  title: string;
  alertType: 'usage_threshold' | 'spend_threshold';
  status: 'active' | 'inactive' | 'archived';
  /** How often it was activated. Each activation can trigger once more. */
  activation: number;
  /** The alert counts usage from this instant on: its creation, or its last activation. Usage alerts only. */
  countsFrom: number;
  /** Usage alerts only. */
  meter: string | null;
  /** Spend alerts only. */
  currency: string | null;
  /** The watched customer; null: every customer. */
  customer: string | null;
  /** Units of the meter, or minor units. */
  gte: number;
  recurrence: 'one_time' | 'billing_period';
}

/** Records that a customer triggered an alert: once, or once in a period. */
export interface AlertTriggered extends Resource {
  alert: string;
  customer: string;
  /** The alert's activation at that time. */
  activation: number;
  /** Numbers the triggers of this alert by this customer, from 0. */
  number: number;
  /** The value at that time: decimal text of units, or minor units. */
  value: string;
  /** Spend alerts: when the last of the counted periods ends. Until then the alert is silent. */
  periodEnd: number | null;
}
