import type { Resource } from './resource';
import type { PauseCollection } from './subscription';

export const CUTOVER_STATUSES = ['freezing', 'done', 'returning', 'returned', 'refused'] as const;
export type CutoverStatus = (typeof CUTOVER_STATUSES)[number];

/** A subscription at the source, and the pause that it had before it was frozen. */
export interface Frozen {
  subscription: string;
  pause: PauseCollection | null;
}

/** The customer's money when Dunlin began to bill, minor units: there is a way back only while it is the same. */
export interface MoneyAtSwitch {
  /** By currency, below zero if it is credit. */
  balances: Record<string, number>;
  /** What is left of each credit grant. */
  grants: Record<string, number>;
}

/** The change of who bills a customer, and the way back. */
export interface Cutover extends Resource {
  customer: string;
  status: CutoverStatus;
  /** Its invoices were not compared, or not equal, and the seller has wanted it all the same. */
  forced: boolean;
  /** When the customer's next invoice is due: the change must be over before. Null: none is. */
  dueAt: number | null;
  frozen: Frozen[];
  /** When Dunlin began to bill. */
  switchedAt: number | null;
  moneyAtSwitch: MoneyAtSwitch | null;
  /** Why it was refused. */
  reason: string | null;
}
