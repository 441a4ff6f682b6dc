import type Stripe from 'stripe';
import { z } from 'zod';
import { TAX_ID_TYPES } from '../../domain/rows/tax-id';
import type { Wire } from '../wire';
import { discountAmount, pretaxCredit, tax } from './amounts';
import { invoiceLineItem } from './invoice-line-item';
import { address, currency, countedListShape, customField, epoch, integer, metadata, minorUnits, self, shipping } from './parts';
import { taxRate } from './tax-rate';

export const invoice = z
  .strictObject({
    id: z.string(),
    object: z.literal('invoice'),
    account_country: z.string().nullable(),
    account_name: z.string().nullable(),
    account_tax_ids: z.array(z.string()).nullable(),
    amount_due: minorUnits(),
    amount_overpaid: minorUnits(),
    amount_paid: minorUnits(),
    amount_paid_off_stripe: minorUnits(),
    amount_remaining: minorUnits(),
    amount_shipping: z.literal(0),
    application: z.null(),
    attempt_count: integer(),
    attempted: z.boolean(),
    auto_advance: z.boolean(),
    automatic_tax: z.strictObject({
      disabled_reason: z.enum(['finalization_requires_location_inputs', 'finalization_system_error']).nullable(),
      enabled: z.boolean(),
      liability: self().nullable(),
      provider: z.literal('stripe').nullable(),
      status: z.enum(['complete', 'failed', 'requires_location_inputs']).nullable(),
    }),
    automatically_finalizes_at: epoch().nullable(),
    billing_reason: z.enum([
      'manual',
      'quote_accept',
      'subscription_create',
      'subscription_cycle',
      'subscription_threshold',
      'subscription_update',
    ]),
    collection_method: z.enum(['charge_automatically', 'send_invoice']),
    created: epoch(),
    currency: currency(),
    custom_fields: z.array(customField()).nullable(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    customer_address: address().nullable(),
    customer_email: z.string().nullable(),
    customer_name: z.string().nullable(),
    customer_phone: z.string().nullable(),
    customer_shipping: shipping().nullable(),
    customer_tax_exempt: z.enum(['exempt', 'none', 'reverse']),
    customer_tax_ids: z.array(z.strictObject({ type: z.enum(TAX_ID_TYPES), value: z.string() })),
    default_payment_method: z.string().nullable(),
    default_source: z.null(),
    default_tax_rates: z.array(taxRate),
    description: z.string().nullable(),
    discounts: z.array(z.string()),
    due_date: epoch().nullable(),
    effective_at: epoch().nullable(),
    ending_balance: minorUnits().nullable(),
    footer: z.string().nullable(),
    from_invoice: z.strictObject({ action: z.literal('revision'), invoice: z.string() }).nullable(),
    hosted_invoice_url: z.string().nullable(),
    invoice_pdf: z.string().nullable(),
    issuer: self(),
    last_finalization_error: z.strictObject({ code: z.string(), message: z.string(), type: z.string() }).nullable(),
    latest_revision: z.string().nullable(),
    lines: countedListShape(invoiceLineItem),
    livemode: z.boolean(),
    metadata: metadata(),
    next_payment_attempt: epoch().nullable(),
    number: z.string().nullable(),
    on_behalf_of: z.null(),
    parent: z
      .union([
        z.strictObject({
          quote_details: z.strictObject({ quote: z.string() }),
          subscription_details: z.null(),
          type: z.literal('quote_details'),
        }),
        z.strictObject({
          quote_details: z.null(),
          subscription_details: z.strictObject({ metadata: metadata().nullable(), subscription: z.string() }),
          type: z.literal('subscription_details'),
        }),
      ])
      .nullable(),
    payment_settings: z.strictObject({
      default_mandate: z.null(),
      payment_method_options: z.null(),
      payment_method_types: z.array(z.string()).nullable(),
    }),
    period_end: epoch(),
    period_start: epoch(),
    post_payment_credit_notes_amount: minorUnits(),
    pre_payment_credit_notes_amount: minorUnits(),
    receipt_number: z.null(),
    rendering: z
      .strictObject({
        amount_tax_display: z.null(),
        pdf: z.strictObject({ page_size: z.enum(['a4', 'auto', 'letter']) }),
        template: z.null(),
        template_version: z.null(),
      })
      .nullable(),
    shipping_cost: z.null(),
    shipping_details: z.null(),
    starting_balance: minorUnits(),
    statement_descriptor: z.string().nullable(),
    status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']),
    status_transitions: z.strictObject({
      finalized_at: epoch().nullable(),
      marked_uncollectible_at: epoch().nullable(),
      paid_at: epoch().nullable(),
      voided_at: epoch().nullable(),
    }),
    subtotal: minorUnits(),
    subtotal_excluding_tax: minorUnits(),
    test_clock: z.string().nullable(),
    total: minorUnits(),
    total_discount_amounts: z.array(discountAmount()),
    total_excluding_tax: minorUnits(),
    total_pretax_credit_amounts: z.array(pretaxCredit()),
    total_taxes: z.array(tax()),
    webhooks_delivered_at: epoch().nullable(),
  })
  .meta({ id: 'invoice' }) satisfies z.ZodType<Wire<Stripe.Invoice>>;
export type WireInvoice = z.output<typeof invoice>;
