import type { DunningPolicy } from './account';

/** The recovery of one unpaid invoice, by the policy that was in force when its first attempt failed. */
export interface Dunning {
  invoice: string;
  account: string;
  livemode: boolean;
  customer: string;
  subscription: string | null;
  created: number;
  policy: DunningPolicy;
  status: 'running' | 'recovered' | 'exhausted' | 'stopped';
  failedAt: number;
  /** Retries whose time has come, including those skipped because the card could not succeed. */
  retries: number;
  nextRetryAt: number | null;
  failedPaymentMethod: string | null;
  declineCode: string | null;
  /** The card will repeat this decline, so only a new card is tried. */
  hard: boolean;
  endedAt: number | null;
}
