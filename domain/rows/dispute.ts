import type { Card } from './payment-method';
import type { Address, Metadata, Resource } from './resource';

export const DISPUTE_STATUSES = [
  ...(['warning_needs_response', 'warning_under_review', 'warning_closed', 'needs_response', 'under_review'] as const),
  ...(['won', 'lost', 'prevented'] as const),
] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** What a card network calls the case. `block` and `resolution` are of disputes that were prevented. */
export type CaseType = 'block' | 'chargeback' | 'compliance' | 'inquiry' | 'resolution';

export interface Dispute extends Resource {
  customer: string | null;
  charge: string;
  paymentIntent: string;
  amount: number;
  currency: string;
  status: DisputeStatus;
  reason: string;
  networkReasonCode: string | null;
  caseType: CaseType;
  isChargeRefundable: boolean;
  /** Keyed by Stripe's field names and pre-filled from the charge. The staged evidence goes to the bank on submission. */
  evidence: Evidence;
  enhancedEvidence: EnhancedEvidence;
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
  /** The fee for countering it, which a win returns. Minor units. */
  counterFee: number;
  /** The fee that was booked before the processor had told its own. Null: it has, or the sandbox's bank has opened the dispute. Minor units. */
  estimatedFee: number | null;
  /** It was won by Visa's compelling evidence, so the network counts it as fraud no longer. */
  clearsFraud: boolean;
  /** Warnings of rates that it has caused: `visa_vamp/reached`. */
  rateWarnings: string[];
  balanceTransactions: string[];
  /** Null for a debit, which its bank gave back. */
  paymentMethodDetails: { card: Card | null };
  /** When the evidence was drafted. Null: not yet. */
  draftedAt: number | null;
  /** Where the draft has its evidence from. */
  sources: EvidenceSource[];
  /** Earlier charges of the card that could be compelling evidence, newest first. */
  priorCharges: string[];
  /** Who answers: a team or a person of the seller. */
  owner: string;
  /** What Dunlin does at `answersAt` if nobody has answered: nothing, submit the evidence as it is, or accept the loss. */
  whenUnanswered: WhenUnanswered;
  /** Null: nothing will happen any more. */
  answersAt: number | null;
  gatewayReference: string | null;
  /** The call to the processor that is still pending. */
  pendingCall: 'submit' | 'close' | null;
  metadata: Metadata;
}

export const WHEN_UNANSWERED = ['accept', 'submit', 'wait'] as const;
export type WhenUnanswered = (typeof WHEN_UNANSWERED)[number];

/** Texts and ids of files, by Stripe's names. Null: taken away again. */
export type Evidence = Record<string, string | null>;

/** In Stripe's snake_case, because the API returns it unchanged. */
export interface EnhancedEvidence {
  mastercard_compliance?: { fee_acknowledged: boolean };
  visa_compelling_evidence_3?: { disputed_transaction: DisputedTransaction | null; prior_undisputed_transactions: PriorTransaction[] };
  visa_compliance?: { fee_acknowledged: boolean };
}

/** What identifies the customer of a charge. */
export interface TransactionEvidence {
  customer_account_id: string | null;
  customer_device_fingerprint: string | null;
  customer_device_id: string | null;
  customer_email_address: string | null;
  customer_purchase_ip: string | null;
  product_description: string | null;
  shipping_address: Address | null;
}

export interface DisputedTransaction extends TransactionEvidence {
  merchandise_or_services: 'merchandise' | 'services' | null;
}

export interface PriorTransaction extends TransactionEvidence {
  charge: string;
}

/** One thing that Dunlin knew: the row that says it, and the field of evidence that it is for. */
export interface EvidenceSource {
  field: string;
  /** The id of a charge, a checkout, a mail, …; null for a count over many rows. */
  object: string | null;
  /** Epoch seconds. */
  at: number | null;
  text: string;
}
