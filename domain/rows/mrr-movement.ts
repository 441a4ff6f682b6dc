import type { Resource } from './resource';

export const MOVEMENTS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementType = (typeof MOVEMENTS)[number];

/** A change of the monthly recurring revenue of a customer, at the customer's time. Rows are added and never changed. Minor units. */
export interface MrrMovement extends Resource {
  customer: string;
  subscription: string;
  testClock: string | null;
  currency: string;
  /** Seen from the customer: the end of one of two subscriptions is a contraction, and the end of the last one is churn. */
  type: MovementType;
  /** What the change adds; negative for a contraction and for churn. */
  amount: number;
  /** Of the subscription, after the change. */
  subscriptionMrr: number;
  /** Of all subscriptions of the customer in this currency, after the change. */
  customerMrr: number;
}
