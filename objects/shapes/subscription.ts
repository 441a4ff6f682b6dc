import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import {
  billingMode,
  billingThresholds,
  countedListShape,
  currency,
  customField,
  epoch,
  integer,
  metadata,
  minorUnits,
  noManagedPayments,
  none,
  self,
} from './parts';
import { pendingUpdate } from './pending-update';
import { plan } from './plan';
import { subscriptionItem } from './subscription-item';
import { taxRate } from './tax-rate';

export const subscription = z
  .strictObject({
    id: z.string(),
    object: z.literal('subscription'),
    application: z.null(),
    application_fee_percent: z.null(),
    automatic_tax: z.strictObject({
      disabled_reason: z.literal('requires_location_inputs').nullable(),
      enabled: z.boolean(),
      liability: self().nullable(),
    }),
    billing_cycle_anchor: epoch(),
    billing_cycle_anchor_config: z
      .strictObject({
        day_of_month: integer(),
        hour: integer().nullable(),
        minute: integer().nullable(),
        month: integer().nullable(),
        second: integer().nullable(),
      })
      .nullable(),
    billing_mode: billingMode(),
    billing_schedules: none(),
    billing_thresholds: billingThresholds().nullable(),
    cancel_at: epoch().nullable(),
    cancel_at_period_end: z.boolean(),
    canceled_at: epoch().nullable(),
    cancellation_details: z.strictObject({
      comment: z.string().nullable(),
      feedback: z.string().nullable(),
      feedback_option: z.null(),
      reason: z.enum(['cancellation_requested', 'payment_disputed', 'payment_failed']).nullable(),
    }),
    collection_method: z.enum(['charge_automatically', 'send_invoice']),
    created: epoch(),
    currency: currency(),
    customer: z.string(),
    customer_account: z.null(),
    days_until_due: integer().nullable(),
    default_payment_method: z.string().nullable(),
    default_source: z.null(),
    default_tax_rates: z.array(taxRate),
    description: z.string().nullable(),
    discounts: z.array(z.string()),
    ended_at: epoch().nullable(),
    invoice_settings: z.strictObject({
      account_tax_ids: z.array(z.string()).nullable(),
      custom_fields: z.array(customField()).nullable(),
      description: z.string().nullable(),
      footer: z.string().nullable(),
      issuer: self(),
    }),
    items: countedListShape(subscriptionItem),
    latest_invoice: z.string().nullable(),
    livemode: z.boolean(),
    managed_payments: noManagedPayments(),
    maximum_spend: z.strictObject({ amount: minorUnits() }).optional(),
    metadata: metadata(),
    minimum_commitment: z.strictObject({ amount: minorUnits() }).optional(),
    next_pending_invoice_item_invoice: epoch().nullable(),
    on_behalf_of: z.null(),
    pause_collection: z
      .strictObject({ behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']), resumes_at: epoch().nullable() })
      .nullable(),
    payment_settings: z
      .strictObject({
        payment_method_options: z.null(),
        payment_method_types: z.array(z.string()).nullable(),
        save_default_payment_method: z.enum(['off', 'on_subscription']),
      })
      .nullable(),
    pending_invoice_item_interval: z
      .strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer() })
      .nullable(),
    pending_setup_intent: z.string().nullable(),
    pending_update: pendingUpdate.nullable(),
    plan: plan.nullable(),
    quantity: integer().nullable(),
    schedule: z.string().nullable(),
    start_date: epoch(),
    status: z.enum(['active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due', 'paused', 'trialing', 'unpaid']),
    test_clock: z.string().nullable(),
    transfer_data: z.null(),
    trial_end: epoch().nullable(),
    trial_settings: z.strictObject({
      end_behavior: z.strictObject({
        billing_cycle_anchor: z.null(),
        missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']),
      }),
    }),
    trial_start: epoch().nullable(),
  })
  .meta({ id: 'subscription' }) satisfies z.ZodType<Omit<Wire<Stripe.Subscription>, 'items' | 'pending_update'>>;
export type WireSubscription = z.output<typeof subscription>;
