import type { Card } from './payment-method';
import type { Metadata, Resource } from './resource';

export type DisputeStatus =
  'warning_needs_response' | 'warning_under_review' | 'warning_closed' | 'needs_response' | 'under_review' | 'won' | 'lost';

export interface Dispute extends Resource {
  customer: string | null;
  charge: string;
  paymentIntent: string;
  amount: number;
  currency: string;
  status: DisputeStatus;
  reason: string;
  networkReasonCode: string | null;
  isChargeRefundable: boolean;
  /** By Stripe's field names, pre-filled from the charge; what is staged is sent to the bank when submitted. */
  evidence: Record<string, unknown>;
  /** Somebody has staged some. */
  hasEvidence: boolean;
  dueBy: number | null;
  submittedAt: number | null;
  submissionCount: number;
  /** When the sandbox's bank decides a submitted dispute. */
  decidesAt: number | null;
  closedAt: number | null;
  balanceTransactions: string[];
  paymentMethodDetails: { card: Card };
  gatewayReference: string | null;
  /** What the processor has yet to be told. */
  outside: 'submit' | 'close' | null;
  metadata: Metadata;
}
