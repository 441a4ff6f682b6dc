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
  /** Keyed by Stripe's field names and pre-filled from the charge. The staged evidence goes to the bank on submission. */
  evidence: Record<string, unknown>;
  /** The seller has staged evidence. */
  hasEvidence: boolean;
  dueBy: number | null;
  submittedAt: number | null;
  submissionCount: number;
  /** When the sandbox's bank decides a submitted dispute. */
  decidesAt: number | null;
  closedAt: number | null;
  /** Decided when it is lost: whether the tax of the lost amount stays payable. Null before. */
  keepsTax: boolean | null;
  balanceTransactions: string[];
  /** Null for a debit, which its bank gave back. */
  paymentMethodDetails: { card: Card | null };
  gatewayReference: string | null;
  /** The call to the processor that is still pending. */
  pendingCall: 'submit' | 'close' | null;
  metadata: Metadata;
}
