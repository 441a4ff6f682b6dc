import type { Resource } from './resource';

/** A movement of the account's own funds; `net` = `amount` - `fee`. */
export interface BalanceTransaction extends Resource {
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment' | 'payment_failure_refund';
  amount: number;
  fee: number;
  net: number;
  currency: string;
  feeDetails: { amount: number; application: null; currency: string; description: string; type: string }[];
  source: string;
  description: string | null;
  availableOn: number;
  reportingCategory: string;
}
