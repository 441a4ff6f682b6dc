import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { billingMode, billingThresholds, currency, customField, epoch, integer, metadata, self } from './parts';
import { taxRate } from './tax-rate';

/** A discount that a phase or one of its items will have. */
const discount = () =>
  z.strictObject({ coupon: z.string().nullable(), discount: z.string().nullable(), promotion_code: z.string().nullable() });

const automaticTax = () =>
  z.strictObject({ disabled_reason: z.literal('requires_location_inputs').nullable(), enabled: z.boolean(), liability: self().nullable() });

const invoiceSettings = () =>
  z.strictObject({
    account_tax_ids: z.array(z.string()).nullable(),
    custom_fields: z.array(customField()).nullable(),
    days_until_due: integer().nullable(),
    description: z.string().nullable(),
    footer: z.string().nullable(),
    issuer: self(),
  });

export const subscriptionSchedule = z
  .strictObject({
    id: z.string(),
    object: z.literal('subscription_schedule'),
    application: z.null(),
    billing_mode: billingMode(),
    canceled_at: epoch().nullable(),
    completed_at: epoch().nullable(),
    created: epoch(),
    current_phase: z.strictObject({ end_date: epoch(), start_date: epoch() }).nullable(),
    customer: z.string(),
    customer_account: z.null(),
    default_settings: z.strictObject({
      application_fee_percent: z.null(),
      automatic_tax: automaticTax(),
      billing_cycle_anchor: z.enum(['automatic', 'phase_start']),
      billing_thresholds: billingThresholds().nullable(),
      collection_method: z.enum(['charge_automatically', 'send_invoice']),
      default_payment_method: z.string().nullable(),
      description: z.string().nullable(),
      invoice_settings: invoiceSettings(),
      on_behalf_of: z.null(),
      transfer_data: z.null(),
    }),
    end_behavior: z.enum(['cancel', 'none', 'release', 'renew']),
    livemode: z.boolean(),
    metadata: metadata(),
    phases: z.array(
      z.strictObject({
        add_invoice_items: z.array(
          z.strictObject({
            discountable: z.literal(true),
            discounts: z.array(discount()),
            metadata: z.strictObject({}),
            period: z.strictObject({
              end: z.strictObject({ type: z.literal('phase_end') }),
              start: z.strictObject({ type: z.literal('phase_start') }),
            }),
            price: z.string(),
            quantity: integer(),
            tax_rates: z.array(taxRate),
          }),
        ),
        application_fee_percent: z.null(),
        automatic_tax: automaticTax().optional(),
        billing_cycle_anchor: z.enum(['automatic', 'phase_start']).nullable(),
        billing_thresholds: billingThresholds().nullable(),
        collection_method: z.enum(['charge_automatically', 'send_invoice']).nullable(),
        currency: currency(),
        default_payment_method: z.string().nullable(),
        default_tax_rates: z.array(taxRate),
        description: z.string().nullable(),
        discounts: z.array(discount()),
        end_date: epoch(),
        invoice_settings: invoiceSettings().nullable(),
        items: z.array(
          z.strictObject({
            billing_thresholds: z.strictObject({ usage_gte: integer() }).nullable(),
            discounts: z.array(discount()),
            metadata: metadata(),
            plan: z.string(),
            price: z.string(),
            quantity: integer().optional(),
            tax_rates: z.array(taxRate),
          }),
        ),
        metadata: metadata(),
        on_behalf_of: z.null(),
        proration_behavior: z.enum(['always_invoice', 'create_prorations', 'none']),
        start_date: epoch(),
        transfer_data: z.null(),
        trial_end: epoch().nullable(),
      }),
    ),
    released_at: epoch().nullable(),
    released_subscription: z.string().nullable(),
    status: z.enum(['active', 'canceled', 'completed', 'not_started', 'released']),
    subscription: z.string().nullable(),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'subscription_schedule' }) satisfies z.ZodType<Wire<Stripe.SubscriptionSchedule>>;
export type WireSubscriptionSchedule = z.output<typeof subscriptionSchedule>;
