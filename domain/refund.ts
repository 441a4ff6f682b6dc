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
  metadata: Metadata;
}
