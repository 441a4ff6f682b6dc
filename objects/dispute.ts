import { fieldsFor } from '../domain/evidence/draft';
import { eligibilityOf, enhancedTypes } from '../domain/evidence/enhanced';
import type { Dispute } from '../domain/rows/dispute';
import type { Rows } from '../domain/rows/rows';
import { toStripeBalanceTransaction } from './balance-transaction';
import type { WireDispute, WireDisputeAnswer } from './shapes/dispute';
import type { RenderContext } from './wire';

/** Stripe's dispute, with the movements of funds that it caused. */
export function toStripeDispute(dispute: Dispute, rows: Rows, context: RenderContext): WireDispute {
  return {
    id: dispute.id,
    object: 'dispute',
    amount: dispute.amount,
    balance_transactions: dispute.balanceTransactions.map((id) => toStripeBalanceTransaction(rows.get('balanceTransaction', id), context)),
    charge: dispute.charge,
    created: dispute.created,
    currency: dispute.currency,
    enhanced_eligibility_types: enhancedTypes(dispute),
    evidence: { ...NO_EVIDENCE, ...dispute.evidence, enhanced_evidence: dispute.enhancedEvidence },
    evidence_details: {
      due_by: dispute.dueBy,
      enhanced_eligibility: eligibilityOf(dispute),
      has_evidence: dispute.hasEvidence,
      past_due: dispute.dueBy !== null && dispute.dueBy < context.now,
      submission_count: dispute.submissionCount,
    },
    is_charge_refundable: dispute.isChargeRefundable,
    livemode: dispute.livemode,
    metadata: dispute.metadata,
    payment_intent: dispute.paymentIntent,
    ...methodOf(dispute),
    reason: dispute.reason,
    status: dispute.status,
  };
}

/** Dunlin's own: the draft of its evidence, and who answers until when. */
export function toDisputeAnswer(dispute: Dispute): WireDisputeAnswer {
  const { id, answersAt, draftedAt, dueBy, evidence, livemode, owner, priorCharges, reason, sources, whenUnanswered } = dispute;
  return {
    object: 'dispute_answer',
    answers_at: answersAt,
    dispute: id,
    drafted_at: draftedAt,
    due_by: dueBy,
    livemode,
    missing: fieldsFor(reason).filter((field) => !evidence[field]),
    owner,
    prior_charges: priorCharges,
    reason,
    sources,
    when_unanswered: whenUnanswered,
  };
}

/** Stripe says nothing of the debit that a bank has given back. */
function methodOf({ caseType, networkReasonCode, paymentMethodDetails: { card } }: Dispute): Pick<WireDispute, 'payment_method_details'> {
  if (card === null) return {};
  const details = { brand: card.brand, case_type: caseType, network: card.brand, network_reason_code: networkReasonCode } as const;
  return { payment_method_details: { card: details, type: 'card' } };
}

const NO_EVIDENCE: WireDispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
