import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, customField, epoch, integer, metadata, minorUnits, self } from './parts';
import { discount } from './discount';
import { taxRate } from './tax-rate';

const totalDetails = () => z.strictObject({ amount_discount: minorUnits(), amount_shipping: z.literal(0), amount_tax: minorUnits() });

export const quote = z
  .strictObject({
    id: z.string(),
    object: z.literal('quote'),
    amount_subtotal: minorUnits(),
    amount_total: minorUnits(),
    application: z.null(),
    application_fee_amount: z.null(),
    application_fee_percent: z.null(),
    automatic_tax: z.strictObject({
      enabled: z.boolean(),
      liability: self().nullable(),
      provider: z.enum(['dunlin', 'stripe']).nullable(),
      status: z.enum(['complete', 'requires_location_inputs']).nullable(),
    }),
    collection_method: z.enum(['charge_automatically', 'send_invoice']),
    computed: z.strictObject({
      recurring: z
        .strictObject({
          amount_subtotal: minorUnits(),
          amount_total: minorUnits(),
          interval: z.enum(['day', 'month', 'week', 'year']),
          interval_count: integer(),
          total_details: totalDetails(),
        })
        .nullable(),
      upfront: z.strictObject({
        amount_subtotal: minorUnits(),
        amount_total: minorUnits(),
        total_details: totalDetails(),
      }),
    }),
    created: epoch(),
    currency: currency().nullable(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    default_tax_rates: z.array(z.string()),
    description: z.string().nullable(),
    discounts: z.array(z.string()),
    expires_at: epoch(),
    footer: z.string().nullable(),
    from_quote: z.strictObject({ is_revision: z.boolean(), quote: z.string() }).nullable(),
    header: z.string().nullable(),
    invoice: z.string().nullable(),
    invoice_settings: z.strictObject({
      custom_fields: z.array(customField()).nullable(),
      days_until_due: integer().nullable(),
      description: z.string().nullable(),
      footer: z.string().nullable(),
      issuer: self(),
    }),
    livemode: z.boolean(),
    metadata: metadata(),
    number: z.string().nullable(),
    on_behalf_of: z.null(),
    status: z.enum(['accepted', 'canceled', 'draft', 'open']),
    status_transitions: z.strictObject({
      accepted_at: epoch().nullable(),
      canceled_at: epoch().nullable(),
      finalized_at: epoch().nullable(),
    }),
    subscription: z.string().nullable(),
    subscription_data: z.strictObject({
      billing_mode: z.strictObject({
        flexible: z.strictObject({ proration_discounts: z.literal('included') }).optional(),
        type: z.enum(['classic', 'flexible']),
      }),
      description: z.string().nullable(),
      effective_date: epoch().nullable(),
      metadata: metadata().nullable(),
      trial_period_days: integer().nullable(),
    }),
    subscription_schedule: z.string().nullable(),
    test_clock: z.string().nullable(),
    total_details: totalDetails(),
    transfer_data: z.null(),
  })
  .meta({ id: 'quote' }) satisfies z.ZodType<Wire<Stripe.Quote>>;
export type WireQuote = z.output<typeof quote>;

/** `total_details.breakdown`, shown only when expanded: the individual discounts and taxes. */
export const breakdown = z.strictObject({
  discounts: z.array(z.strictObject({ amount: minorUnits(), discount })),
  taxes: z.array(
    z.strictObject({
      amount: minorUnits(),
      rate: taxRate,
      taxability_reason: z.string(),
      taxable_amount: minorUnits().nullable(),
    }),
  ),
}) satisfies z.ZodType<Wire<Stripe.Quote.TotalDetails.Breakdown>>;
export type WireBreakdown = z.output<typeof breakdown>;
