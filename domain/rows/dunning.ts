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
  /** Retries whose time has come, also those that were skipped because the card could not succeed. */
  retries: number;
  nextRetryAt: number | null;
  failedPaymentMethod: string | null;
  declineCode: string | null;
  /** A decline that the same card will repeat: retried only with a new one. */
  hard: boolean;
  endedAt: number | null;
}
