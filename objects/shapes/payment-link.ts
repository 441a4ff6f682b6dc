import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { methodType } from './bank-accounts';
import { consentCollection, customField, customTexts, invoiceCreation, nameCollection, optionalItem } from './checkout-parts';
import { currency, integer, metadata, minorUnits, self } from './parts';

const off = () => z.strictObject({ enabled: z.literal(false) });

export const paymentLink = z
  .strictObject({
    id: z.string(),
    object: z.literal('payment_link'),
    active: z.boolean(),
    after_completion: z.strictObject({
      hosted_confirmation: z.strictObject({ custom_message: z.string().nullable() }).optional(),
      redirect: z.strictObject({ url: z.string() }).optional(),
      type: z.enum(['hosted_confirmation', 'redirect']),
    }),
    allow_promotion_codes: z.boolean(),
    application: z.null(),
    application_fee_amount: z.null(),
    application_fee_percent: z.null(),
    automatic_tax: z.strictObject({ enabled: z.boolean(), liability: self().nullable() }),
    billing_address_collection: z.enum(['auto', 'required']),
    consent_collection: consentCollection().nullable(),
    currency: currency(),
    custom_fields: z.array(customField({})),
    custom_text: customTexts(),
    customer_creation: z.enum(['always', 'if_required']),
    /** Dunlin's own. */
    experiment: z.string().optional(),
    inactive_message: z.string().nullable(),
    invoice_creation: invoiceCreation().nullable(),
    livemode: z.boolean(),
    managed_payments: off(),
    metadata: metadata(),
    name_collection: nameCollection().optional(),
    on_behalf_of: z.null(),
    optional_items: z.array(optionalItem()).nullable(),
    payment_intent_data: z
      .strictObject({
        capture_method: z.enum(['automatic', 'automatic_async', 'manual']).nullable(),
        description: z.string().nullable(),
        metadata: metadata(),
        setup_future_usage: z.enum(['off_session', 'on_session']).nullable(),
        statement_descriptor: z.string().nullable(),
        statement_descriptor_suffix: z.string().nullable(),
        transfer_group: z.null(),
      })
      .nullable(),
    payment_method_collection: z.enum(['always', 'if_required']),
    payment_method_options: z.null(),
    payment_method_types: z.array(methodType()).nullable(),
    phone_number_collection: z.strictObject({ enabled: z.boolean() }),
    restrictions: z.strictObject({ completed_sessions: z.strictObject({ count: integer(), limit: integer() }) }).nullable(),
    shipping_address_collection: z.strictObject({ allowed_countries: z.array(z.string()) }).nullable(),
    shipping_options: z.array(z.strictObject({ shipping_amount: minorUnits(), shipping_rate: z.string() })),
    submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']),
    subscription_data: z
      .strictObject({
        description: z.string().nullable(),
        invoice_settings: z.strictObject({ issuer: self() }),
        metadata: metadata(),
        trial_period_days: integer().nullable(),
        trial_settings: z
          .strictObject({
            end_behavior: z.strictObject({ missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']) }),
          })
          .nullable(),
      })
      .nullable(),
    tax_id_collection: z.strictObject({ enabled: z.boolean(), required: z.enum(['if_supported', 'never']) }),
    transfer_data: z.null(),
    url: z.string(),
  })
  .meta({ id: 'payment_link' }) satisfies z.ZodType<WireWithout<Stripe.PaymentLink, 'line_items'>>;
export type WirePaymentLink = z.output<typeof paymentLink>;
