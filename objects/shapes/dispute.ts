import type Stripe from 'stripe';
import { z } from 'zod';
import { WHEN_UNANSWERED } from '../../domain/rows/dispute';
import type { Wire } from '../wire';
import { balanceTransaction } from './balance-transaction';
import { currency, epoch, integer, metadata, minorUnits } from './parts';

const address = z.strictObject({
  city: z.string().nullable(),
  country: z.string().nullable(),
  line1: z.string().nullable(),
  line2: z.string().nullable(),
  postal_code: z.string().nullable(),
  state: z.string().nullable(),
});

const transaction = {
  customer_account_id: z.string().nullable(),
  customer_device_fingerprint: z.string().nullable(),
  customer_device_id: z.string().nullable(),
  customer_email_address: z.string().nullable(),
  customer_purchase_ip: z.string().nullable(),
  product_description: z.string().nullable(),
  shipping_address: address.nullable(),
};

const feeAcknowledged = z.strictObject({ fee_acknowledged: z.boolean() });
const enhancedEvidence = z.strictObject({
  mastercard_compliance: feeAcknowledged.optional(),
  visa_compelling_evidence_3: z
    .strictObject({
      disputed_transaction: z
        .strictObject({ ...transaction, merchandise_or_services: z.enum(['merchandise', 'services']).nullable() })
        .nullable(),
      prior_undisputed_transactions: z.array(z.strictObject({ ...transaction, charge: z.string() })),
    })
    .optional(),
  visa_compliance: feeAcknowledged.optional(),
});

const feeStatus = z.strictObject({ status: z.enum(['fee_acknowledged', 'requires_fee_acknowledgement']) });
const enhancedEligibility = z.strictObject({
  mastercard_compliance: feeStatus.optional(),
  visa_compelling_evidence_3: z
    .strictObject({
      required_actions: z.array(
        z.enum([
          'missing_customer_identifiers',
          'missing_disputed_transaction_description',
          'missing_merchandise_or_services',
          'missing_prior_undisputed_transaction_description',
          'missing_prior_undisputed_transactions',
        ]),
      ),
      status: z.enum(['not_qualified', 'qualified', 'requires_action']),
    })
    .optional(),
  visa_compliance: feeStatus.optional(),
});

export const dispute = z
  .strictObject({
    id: z.string(),
    object: z.literal('dispute'),
    amount: minorUnits(),
    balance_transactions: z.array(balanceTransaction),
    charge: z.string(),
    created: epoch(),
    currency: currency(),
    enhanced_eligibility_types: z.array(z.enum(['mastercard_compliance', 'visa_compelling_evidence_3', 'visa_compliance'])),
    evidence: z.strictObject({
      access_activity_log: z.string().nullable(),
      billing_address: z.string().nullable(),
      cancellation_policy: z.string().nullable(),
      cancellation_policy_disclosure: z.string().nullable(),
      cancellation_rebuttal: z.string().nullable(),
      customer_communication: z.string().nullable(),
      customer_email_address: z.string().nullable(),
      customer_name: z.string().nullable(),
      customer_purchase_ip: z.string().nullable(),
      customer_signature: z.string().nullable(),
      duplicate_charge_documentation: z.string().nullable(),
      duplicate_charge_explanation: z.string().nullable(),
      duplicate_charge_id: z.string().nullable(),
      enhanced_evidence: enhancedEvidence,
      product_description: z.string().nullable(),
      receipt: z.string().nullable(),
      refund_policy: z.string().nullable(),
      refund_policy_disclosure: z.string().nullable(),
      refund_refusal_explanation: z.string().nullable(),
      service_date: z.string().nullable(),
      service_documentation: z.string().nullable(),
      shipping_address: z.string().nullable(),
      shipping_carrier: z.string().nullable(),
      shipping_date: z.string().nullable(),
      shipping_documentation: z.string().nullable(),
      shipping_tracking_number: z.string().nullable(),
      uncategorized_file: z.string().nullable(),
      uncategorized_text: z.string().nullable(),
    }),
    evidence_details: z.strictObject({
      due_by: epoch().nullable(),
      enhanced_eligibility: enhancedEligibility,
      has_evidence: z.boolean(),
      past_due: z.boolean(),
      submission_count: integer(),
    }),
    is_charge_refundable: z.boolean(),
    livemode: z.boolean(),
    metadata: metadata(),
    payment_intent: z.string(),
    payment_method_details: z
      .strictObject({
        card: z.strictObject({
          brand: z.string(),
          case_type: z.enum(['block', 'chargeback', 'compliance', 'inquiry', 'resolution']),
          network: z.string(),
          network_reason_code: z.string().nullable(),
        }),
        type: z.literal('card'),
      })
      .optional(),
    reason: z.string(),
    status: z.enum([
      ...(['lost', 'needs_response', 'prevented', 'under_review', 'warning_closed', 'warning_needs_response'] as const),
      ...(['warning_under_review', 'won'] as const),
    ]),
  })
  .meta({ id: 'dispute' }) satisfies z.ZodType<Wire<Stripe.Dispute>>;
export type WireDispute = z.output<typeof dispute>;

/** Dunlin's own: who answers a dispute, until when, and what was drafted from where. */
export const disputeAnswer = z
  .strictObject({
    object: z.literal('dispute_answer'),
    answers_at: epoch().nullable(),
    dispute: z.string(),
    drafted_at: epoch().nullable(),
    due_by: epoch().nullable(),
    livemode: z.boolean(),
    missing: z.array(z.string()),
    owner: z.string(),
    prior_charges: z.array(z.string()),
    reason: z.string(),
    sources: z.array(z.strictObject({ at: epoch().nullable(), field: z.string(), object: z.string().nullable(), text: z.string() })),
    when_unanswered: z.enum(WHEN_UNANSWERED),
  })
  .meta({ id: 'dispute_answer' });
export type WireDisputeAnswer = z.output<typeof disputeAnswer>;

/** Dunlin's own: the ids of files, by the fields of evidence that take them. */
export const disputeDocuments = z
  .strictObject({
    object: z.literal('dispute_documents'),
    dispute: z.string(),
    livemode: z.boolean(),
    receipt: z.string(),
    uncategorized_file: z.string(),
  })
  .meta({ id: 'dispute_documents' });
