import type { Metadata, Resource } from './resource';
import type { Sending, Waits } from './waiting';

export interface Refund extends Resource, Sending {
  customer: string | null;
  charge: string;
  paymentIntent: string;
  amount: number;
  currency: string;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  failureReason: string | null;
  balanceTransaction: string | null;
  failureBalanceTransaction: string | null;
  gatewayReference: string | null;
  /** The pending call: send the refund, or query it because the answer was lost. Null once the processor has answered. */
  pendingCall: 'send' | 'resolve' | null;
  /** When the processor's bank settles it, and how: a pending refund succeeds, or a refund that had succeeded fails. */
  settlesAt: number | null;
  settlesAs: 'succeeded' | 'failed' | null;
  metadata: Metadata;
}

/** A refund in one of them has given nothing back. */
export const GONE_STATUSES: readonly Refund['status'][] = ['failed', 'canceled'];

/** A processor's answer about a refund; `unknown` means that the answer was lost. */
export type RefundAnswer =
  | { outcome: 'succeeded' | 'pending'; reference: string; settles: { as: 'succeeded' | 'failed'; afterSeconds: number } | null }
  | { outcome: 'failed'; reference: string; reason: string }
  | Waits
  | { outcome: 'unknown' };
