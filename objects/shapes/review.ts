import type Stripe from 'stripe';
import { z } from 'zod';
import { CLOSED_REASONS, DEFAULT_DECISIONS, FRAUD_TYPES } from '../../domain/rows/review';
import type { Wire } from '../wire';
import { epoch } from './parts';

/** Stripe's, and Dunlin's own: `closed_at`, `decide_by`, `default_decision`, `missed_at` and `owner`. */
export const review = z
  .strictObject({
    id: z.string(),
    object: z.literal('review'),
    billing_zip: z.string().nullable(),
    charge: z.string(),
    closed_at: epoch().nullable(),
    closed_reason: z.enum(CLOSED_REASONS).nullable(),
    created: epoch(),
    decide_by: epoch().nullable(),
    default_decision: z.enum(DEFAULT_DECISIONS),
    ip_address: z.null(),
    ip_address_location: z.null(),
    livemode: z.boolean(),
    missed_at: epoch().nullable(),
    open: z.boolean(),
    opened_reason: z.enum(['manual', 'rule']),
    owner: z.string().nullable(),
    payment_intent: z.string(),
    reason: z.string(),
    session: z.null(),
  })
  .meta({ id: 'review' }) satisfies z.ZodType<Wire<Stripe.Review>>;
export type WireReview = z.output<typeof review>;

export const earlyFraudWarning = z
  .strictObject({
    id: z.string(),
    object: z.literal('radar.early_fraud_warning'),
    actionable: z.boolean(),
    charge: z.string(),
    created: epoch(),
    fraud_type: z.enum(FRAUD_TYPES),
    livemode: z.boolean(),
    payment_intent: z.string(),
  })
  .meta({ id: 'radar.early_fraud_warning' }) satisfies z.ZodType<Wire<Stripe.Radar.EarlyFraudWarning>>;
export type WireEarlyFraudWarning = z.output<typeof earlyFraudWarning>;
