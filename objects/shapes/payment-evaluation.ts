import type Stripe from 'stripe';
import { z } from 'zod';
import { BLOCKED_BECAUSE, REPORTED_TYPES } from '../../domain/rows/payment-evaluation';
import type { Wire } from '../wire';
import { address, currency, epoch, metadata, minorUnits } from './parts';

const check = () => z.enum(['fail', 'pass', 'unavailable', 'unchecked']);
const checks = () => ({ address_line1_check: check(), address_postal_code_check: check(), cvc_check: check() });
const person = () => ({ email: z.string().nullable(), name: z.string().nullable(), phone: z.string().nullable() });

const outcome = z.strictObject({
  merchant_blocked: z.strictObject({ reason: z.enum(BLOCKED_BECAUSE) }).optional(),
  payment_intent_id: z.string().optional(),
  rejected: z.strictObject({ card: z.strictObject({ ...checks(), reason: z.string() }).optional() }).optional(),
  succeeded: z.strictObject({ card: z.strictObject(checks()).optional() }).optional(),
  type: z.enum(REPORTED_TYPES),
});

const paymentDetails = z.strictObject({
  amount: minorUnits(),
  currency: currency(),
  description: z.string().nullable(),
  money_movement_details: z
    .strictObject({
      card: z
        .strictObject({ customer_presence: z.enum(['off_session', 'on_session']).nullable(), payment_type: z.string().nullable() })
        .nullable(),
      money_movement_type: z.literal('card'),
    })
    .nullable(),
  payment_method_details: z.strictObject({
    billing_details: z.strictObject({ address: address(), ...person() }).nullable(),
    payment_method: z.string(),
  }),
  shipping_details: z.strictObject({ address: address(), name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  statement_descriptor: z.string().nullable(),
});

export const paymentEvaluation = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.payment_evaluation'),
    client_device_metadata_details: z.strictObject({ radar_session: z.string() }).optional(),
    created_at: epoch(),
    customer_details: z.strictObject({ customer: z.string().nullable(), customer_account: z.null(), ...person() }).optional(),
    events: z.array(z.never()),
    livemode: z.boolean(),
    metadata: metadata(),
    outcome: outcome.nullable(),
    payment_details: paymentDetails.optional(),
    recommended_action: z.enum(['block', 'continue', 'request_three_d_secure']),
    signals: z.strictObject({
      fraudulent_payment: z.strictObject({
        evaluated_at: epoch(),
        risk_level: z.enum(['elevated', 'highest', 'normal']),
        score: z.number(),
      }),
    }),
  })
  .meta({ id: 'radar.payment_evaluation' }) satisfies z.ZodType<Wire<Stripe.Radar.PaymentEvaluation>>;
export type WirePaymentEvaluation = z.output<typeof paymentEvaluation>;
