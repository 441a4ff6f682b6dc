import type { Metadata, Resource } from './resource';

export interface Refund extends Resource {
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
  /** What is to be done outside: sent, or asked for because the answer was lost. Null once the processor has answered. */
  outside: 'send' | 'resolve' | null;
  /** When the processor's bank settles it, and how: a pending one succeeds, or one that had succeeded comes back. */
  settlesAt: number | null;
  settlesAs: 'succeeded' | 'failed' | null;
  metadata: Metadata;
}

/** What a processor says about a refund; `unknown` means that its answer was lost. */
export type RefundAnswer =
  | { outcome: 'succeeded' | 'pending'; reference: string; settles: { as: 'succeeded' | 'failed'; afterSeconds: number } | null }
  | { outcome: 'failed'; reference: string; reason: string }
  | { outcome: 'unknown' };
