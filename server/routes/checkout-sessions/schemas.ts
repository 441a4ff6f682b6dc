/** The parameters of a checkout session. Others of Stripe's are rejected by name. */
import { CHECKOUT_LOCALES } from '../../../domain/checkout/locales';
import { LIMITS } from '../../../domain/core/limits';
import {
  address,
  array,
  boolean,
  currency,
  emptyable,
  id,
  integer,
  metadata,
  name,
  object,
  oneOf,
  quantity,
  text,
  timestamp,
} from '../../http/parameters';
import { email, httpUrl } from '../../http/text-parameters';
import { brandingParameters } from '../../schemas/branding';
import { describedPrice } from '../../schemas/described-price';
import { DELIVERY_COUNTRIES } from '../../schemas/countries';
import { sessionOptions, UNSUPPORTED_OPTIONS } from '../../schemas/intent-options';
import { allowRedisplay, methodType } from '../../schemas/payment-method';
import {
  accountTaxIds,
  amountTaxDisplay,
  anchorConfig,
  automaticTax,
  billingMode,
  customFields,
  discounts,
  issuer,
  taxRates,
} from '../../schemas/subscription';
import { collected, shippingOptions } from './collected';

const priceData = () =>
  object({
    ...describedPrice(),
    product: id().optional(),
    product_data: object({
      description: text({ max: 40_000 }).optional(),
      metadata: metadata().optional(),
      name: name({ max: 250 }),
      tax_code: id().optional(),
    }).optional(),
  });

const adjustableQuantity = () =>
  object({
    enabled: boolean(),
    maximum: integer({ min: 0, max: LIMITS.adjustableQuantity.max }).optional(),
    minimum: integer({ min: 0, max: LIMITS.adjustableQuantity.max }).optional(),
  });

export const lineShape = {
  adjustable_quantity: adjustableQuantity().optional(),
  metadata: metadata().optional(),
  price: id().optional(),
  price_data: priceData().optional(),
  quantity: quantity().optional(),
  tax_rates: taxRates().optional(),
};

const subscriptionData = () =>
  object({
    billing_cycle_anchor: timestamp().optional(),
    billing_cycle_anchor_config: anchorConfig().optional(),
    billing_mode: billingMode().optional(),
    default_tax_rates: taxRates().optional(),
    description: text({ max: 500 }).optional(),
    invoice_settings: object({ issuer: issuer().optional() }).optional(),
    metadata: metadata().optional(),
    proration_behavior: oneOf(['create_prorations', 'none']).optional(),
    trial_end: timestamp().optional(),
    trial_period_days: integer({ min: 1, max: LIMITS.trialDays.max }).optional(),
    trial_settings: object({
      end_behavior: object({ missing_payment_method: oneOf(['cancel', 'create_invoice', 'pause']) }),
    }).optional(),
  });

/** Of sessions and of payment links. */
export const paymentIntentShape = {
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']).optional(),
  description: text({ max: 1000 }).optional(),
  metadata: metadata().optional(),
  receipt_email: email().optional(),
  setup_future_usage: oneOf(['off_session', 'on_session']).optional(),
  statement_descriptor: name({ max: 22 }).optional(),
  statement_descriptor_suffix: name({ max: 22 }).optional(),
};

const shipping = () =>
  object({
    address: address(),
    name: name(),
    phone: emptyable(name())
      .default(null)
      .meta({ override: { type: 'string' } }),
  });

/** The whole list: a line with an id stays, and a line that is omitted is removed. */
export const changedLines = () => array(object({ id: id().optional(), ...lineShape }), { max: LIMITS.checkoutLines.max });

const optionalItems = () =>
  array(
    object({
      adjustable_quantity: adjustableQuantity().optional(),
      price: id(),
      quantity: integer({ min: 1, max: LIMITS.adjustableQuantity.max }),
    }),
    {
      max: LIMITS.optionalItems.max,
    },
  );

/** What an invoice of a sale says. */
export const invoiceCreation = () =>
  object({
    enabled: boolean(),
    invoice_data: object({
      account_tax_ids: accountTaxIds().optional(),
      custom_fields: customFields().optional(),
      description: text({ max: 1500 }).optional(),
      footer: text({ max: 5000 }).optional(),
      issuer: issuer().optional(),
      metadata: metadata().optional(),
      rendering_options: emptyable(object({ amount_tax_display: amountTaxDisplay().optional(), template: id().optional() })).optional(),
    }).optional(),
  });

const onOrOff = () => oneOf(['disabled', 'enabled']).optional();

const savedMethods = () =>
  object({
    allow_redisplay_filters: array(allowRedisplay(), { max: 3 }).optional(),
    payment_method_remove: onOrOff(),
    payment_method_save: onOrOff(),
  });

const autoOrNever = () => oneOf(['auto', 'never']).optional();

export const createShape = {
  ...collected,
  adaptive_pricing: object({ enabled: boolean().optional() }).optional(),
  after_expiration: object({
    recovery: object({ allow_promotion_codes: boolean().optional(), enabled: boolean() }).optional(),
  }).optional(),
  allow_promotion_codes: boolean().optional(),
  automatic_tax: automaticTax().optional(),
  billing_address_collection: oneOf(['auto', 'required']).optional(),
  branding_settings: brandingParameters().optional(),
  cancel_url: httpUrl({ max: 5000 }).optional(),
  client_reference_id: name({ max: 200 }).optional(),
  currency: currency().optional(),
  customer: id().optional(),
  customer_creation: oneOf(['always', 'if_required']).optional(),
  customer_email: email().optional(),
  customer_update: object({ address: autoOrNever(), name: autoOrNever(), shipping: autoOrNever() }).optional(),
  discounts: discounts().optional(),
  expires_at: timestamp().optional(),
  experiment_assignment: id().optional(),
  invoice_creation: invoiceCreation().optional(),
  line_items: array(object(lineShape), { max: LIMITS.checkoutLines.max }).optional(),
  locale: oneOf(CHECKOUT_LOCALES).optional(),
  metadata: metadata().optional(),
  mode: oneOf(['payment', 'setup', 'subscription']),
  optional_items: optionalItems().optional(),
  payment_intent_data: object({ ...paymentIntentShape, shipping: shipping().optional() }).optional(),
  payment_method_collection: oneOf(['always', 'if_required']).optional(),
  payment_method_configuration: id().optional(),
  payment_method_options: sessionOptions().optional(),
  payment_method_types: array(methodType()).optional(),
  redirect_on_completion: oneOf(['always', 'if_required', 'never']).optional(),
  return_url: httpUrl({ max: 5000 }).optional(),
  saved_payment_method_options: savedMethods().optional(),
  shipping_options: shippingOptions().optional(),
  setup_intent_data: object({ description: text({ max: 1000 }).optional(), metadata: metadata().optional() }).optional(),
  submit_type: oneOf(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  subscription_data: subscriptionData().optional(),
  success_url: httpUrl({ max: 5000 }).optional(),
  ui_mode: oneOf(['elements', 'embedded_page', 'hosted_page']).optional(),
  wallet_options: object({ link: object({ display: autoOrNever() }).optional() }).optional(),
};

/** Connect, methods that no gateway offers, and what the page does not show yet. */
export const UNSUPPORTED: readonly string[] = [
  ...UNSUPPORTED_OPTIONS,
  'automatic_tax[liability][account]',
  'branding_settings[icon][file]',
  'branding_settings[logo][file]',
  'customer_account',
  'excluded_payment_method_types',
  'integration_identifier',
  'invoice_creation[invoice_data][issuer][account]',
  'line_items[][dynamic_tax_rates]',
  'managed_payments',
  'origin_context',
  'payment_intent_data[application_fee_amount]',
  'payment_intent_data[on_behalf_of]',
  'payment_intent_data[shipping][carrier]',
  'payment_intent_data[shipping][tracking_number]',
  'payment_intent_data[transfer_data]',
  'payment_intent_data[transfer_group]',
  'payment_method_data',
  'permissions',
  'setup_intent_data[on_behalf_of]',
  'subscription_data[application_fee_percent]',
  'subscription_data[billing_mode][flexible]',
  'subscription_data[invoice_settings][issuer][account]',
  'subscription_data[on_behalf_of]',
  'subscription_data[pending_invoice_item_interval]',
  'subscription_data[transfer_data]',
];

/** Of a change. */
export const UNSUPPORTED_CHANGES: readonly string[] = ['line_items[][dynamic_tax_rates]'];

/** What the seller knows of the buyer's delivery, in place of the page's question. */
export const collectedInformation = () =>
  object({
    shipping_details: object({
      address: object({
        city: name({ max: 100 }).optional(),
        country: oneOf(DELIVERY_COUNTRIES),
        line1: name({ max: 250 }),
        line2: name({ max: 250 }).optional(),
        postal_code: name({ max: 20 }).optional(),
        state: name({ max: 100 }).optional(),
      }),
      name: name({ max: 250 }),
    }).optional(),
  });
