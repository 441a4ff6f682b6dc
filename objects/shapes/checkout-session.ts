import type Stripe from 'stripe';
import { z } from 'zod';
import { TAX_ID_TYPES } from '../../domain/rows/tax-id';
import { shippingCost } from './amounts';
import { requestThreeDSecure } from './cards';
import { methodOptions } from './intent-options';
import type { WireWithout } from '../wire';
import { consentCollection, customField, customTexts, invoiceCreation, nameCollection, optionalItem } from './checkout-parts';
import { address, currency, epoch, metadata, methodConfiguration, minorUnits, noManagedPayments, self } from './parts';

const collectedInformation = () =>
  z.strictObject({
    business_name: z.string().nullable(),
    individual_name: z.string().nullable(),
    shipping_details: z.strictObject({ address: address(), name: z.string() }).nullable(),
  });

const customerDetails = () =>
  z.strictObject({
    address: address().nullable(),
    business_name: z.string().nullable(),
    email: z.string().nullable(),
    individual_name: z.string().nullable(),
    name: z.string().nullable(),
    phone: z.string().nullable(),
    tax_exempt: z.enum(['exempt', 'none', 'reverse']).nullable(),
    tax_ids: z.array(z.strictObject({ type: z.enum(TAX_ID_TYPES), value: z.string() })).nullable(),
  });

const brandingImage = () => z.strictObject({ type: z.literal('url'), url: z.string() });

const brandingSettings = () =>
  z.strictObject({
    background_color: z.string(),
    border_style: z.enum(['pill', 'rectangular', 'rounded']),
    button_color: z.string(),
    display_name: z.string(),
    font_family: z.string(),
    icon: brandingImage().nullable(),
    logo: brandingImage().nullable(),
  });

/** A sale that a buyer completes on a page. */
export const checkoutSession = z
  .strictObject({
    id: z.string(),
    object: z.literal('checkout.session'),
    adaptive_pricing: z.strictObject({ enabled: z.literal(false) }),
    after_expiration: z
      .strictObject({
        recovery: z
          .strictObject({
            allow_promotion_codes: z.boolean(),
            enabled: z.boolean(),
            expires_at: epoch().nullable(),
            url: z.string().nullable(),
          })
          .nullable(),
      })
      .nullable(),
    allow_promotion_codes: z.boolean().nullable(),
    allowed_payment_method_types: z.null(),
    amount_subtotal: minorUnits().nullable(),
    amount_total: minorUnits().nullable(),
    automatic_tax: z.strictObject({
      enabled: z.boolean(),
      liability: self().nullable(),
      provider: z.enum(['dunlin', 'stripe']).nullable(),
      status: z.enum(['complete', 'failed', 'requires_location_inputs']).nullable(),
    }),
    billing_address_collection: z.enum(['auto', 'required']).nullable(),
    branding_settings: brandingSettings(),
    cancel_url: z.string().nullable(),
    client_reference_id: z.string().nullable(),
    client_secret: z.string().nullable(),
    /** Dunlin's own. */
    experiment_assignment: z.string().optional(),
    collected_information: collectedInformation().nullable(),
    consent: z
      .strictObject({ promotions: z.enum(['opt_in', 'opt_out']).nullable(), terms_of_service: z.literal('accepted').nullable() })
      .nullable(),
    consent_collection: consentCollection().nullable(),
    created: epoch(),
    currency: currency().nullable(),
    currency_conversion: z.null(),
    custom_fields: z.array(customField({ value: z.string().nullable() })),
    custom_text: customTexts(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    customer_creation: z.enum(['always', 'if_required']).nullable(),
    customer_details: customerDetails().nullable(),
    customer_email: z.string().nullable(),
    discounts: z.array(z.strictObject({ coupon: z.string().nullable(), promotion_code: z.string().nullable() })),
    expires_at: epoch(),
    integration_identifier: z.null(),
    invoice: z.string().nullable(),
    invoice_creation: invoiceCreation().nullable(),
    livemode: z.boolean(),
    locale: z.string().nullable(),
    managed_payments: noManagedPayments(),
    metadata: metadata(),
    mode: z.enum(['payment', 'setup', 'subscription']),
    name_collection: nameCollection().optional(),
    optional_items: z.array(optionalItem()).optional(),
    origin_context: z.null(),
    payment_intent: z.string().nullable(),
    payment_link: z.string().nullable(),
    payment_method_collection: z.enum(['always', 'if_required']).nullable(),
    payment_method_configuration_details: methodConfiguration().nullable(),
    payment_method_options: z.strictObject({
      ...methodOptions,
      card: z.strictObject({
        request_multicapture: z.enum(['if_available', 'never']).optional(),
        request_three_d_secure: requestThreeDSecure(),
      }),
    }),
    payment_method_types: z.array(z.string()),
    payment_status: z.enum(['no_payment_required', 'paid', 'unpaid']),
    permissions: z.null(),
    phone_number_collection: z.strictObject({ enabled: z.boolean() }),
    recovered_from: z.string().nullable(),
    redirect_on_completion: z.enum(['always', 'if_required', 'never']).optional(),
    return_url: z.string().optional(),
    saved_payment_method_options: z
      .strictObject({
        allow_redisplay_filters: z.array(z.enum(['always', 'limited', 'unspecified'])).nullable(),
        payment_method_remove: z.enum(['disabled', 'enabled']).nullable(),
        payment_method_save: z.enum(['disabled', 'enabled']).nullable(),
      })
      .nullable(),
    setup_intent: z.string().nullable(),
    shipping_address_collection: z.strictObject({ allowed_countries: z.array(z.string()) }).nullable(),
    shipping_cost: shippingCost().nullable(),
    shipping_options: z.array(z.strictObject({ shipping_amount: minorUnits(), shipping_rate: z.string() })),
    status: z.enum(['complete', 'expired', 'open']),
    submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).nullable(),
    subscription: z.string().nullable(),
    success_url: z.string().nullable(),
    tax_id_collection: z.strictObject({ enabled: z.boolean(), required: z.enum(['if_supported', 'never']) }).optional(),
    total_details: z.strictObject({ amount_discount: minorUnits(), amount_shipping: minorUnits(), amount_tax: minorUnits() }).nullable(),
    ui_mode: z.enum(['elements', 'embedded_page', 'hosted_page']),
    url: z.string().nullable(),
    wallet_options: z.strictObject({ link: z.strictObject({ display: z.enum(['auto', 'never']).optional() }) }).nullable(),
  })
  .meta({ id: 'checkout.session' }) satisfies z.ZodType<WireWithout<Stripe.Checkout.Session, 'line_items'>>;
export type WireCheckoutSession = z.output<typeof checkoutSession>;
