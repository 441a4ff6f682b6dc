import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { balanceTransaction } from './balance-transaction';
import { currency, epoch, integer, metadata, minorUnits, none } from './parts';

export const dispute = z
  .strictObject({
    id: z.string(),
    object: z.literal('dispute'),
    amount: minorUnits(),
    balance_transactions: z.array(balanceTransaction),
    charge: z.string(),
    created: epoch(),
    currency: currency(),
    enhanced_eligibility_types: none(),
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
      enhanced_evidence: z.strictObject({}),
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
      enhanced_eligibility: z.strictObject({}),
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
          case_type: z.enum(['chargeback', 'inquiry']),
          network: z.string(),
          network_reason_code: z.string().nullable(),
        }),
        type: z.literal('card'),
      })
      .optional(),
    reason: z.string(),
    status: z.enum(['lost', 'needs_response', 'under_review', 'warning_closed', 'warning_needs_response', 'warning_under_review', 'won']),
  })
  .meta({ id: 'dispute' }) satisfies z.ZodType<Wire<Stripe.Dispute>>;
export type WireDispute = z.output<typeof dispute>;
