import type { Branding } from '../domain/rows/branding-settings';
import { paymentStatusOf, type CheckoutInvoiceData, type CheckoutSession } from '../domain/rows/checkout-session';
import { priceIn } from '../domain/rows/price';
import type { Rows } from '../domain/rows/rows';
import { toImage } from './branding-settings';
import { toStripeOptions } from './intent-options';
import { configurationDetails } from './payment-method-configuration';
import { toStripePrice } from './price';
import type { WireCheckoutSession } from './shapes/checkout-session';
import type { WireQuoteLine } from './shapes/quote-line';

/** Stripe's checkout session. Its lines are shown only when expanded. */
export function toStripeCheckoutSession(session: CheckoutSession): WireCheckoutSession {
  const { settings, uiMode } = session;
  return {
    id: session.id,
    object: 'checkout.session',
    ...amounts(session),
    ...results(session),
    ...buyer(session),
    ...terms(session),
    shipping_cost: shippingCost(session),
    cancel_url: settings.cancel_url,
    client_reference_id: session.clientReferenceId,
    client_secret: uiMode === 'hosted_page' ? null : session.clientSecret,
    created: session.created,
    ...(session.experimentAssignment === null ? {} : { experiment_assignment: session.experimentAssignment }),
    currency: session.currency,
    discounts: session.discounts.map(({ coupon = null, promotion_code = null }) => ({ coupon, promotion_code })),
    expires_at: session.expiresAt,
    livemode: session.livemode,
    metadata: session.metadata,
    mode: session.mode,
    payment_link: session.paymentLink,
    payment_status: paymentStatusOf(session),
    recovered_from: session.recoveredFrom,
    ...(uiMode === 'hosted_page' ? {} : returning(session)),
    status: session.status,
    success_url: settings.success_url,
    ui_mode: uiMode,
    url: uiMode === 'hosted_page' && session.status === 'open' ? session.pageUrl : null,
    wallet_options: walletOptions(settings),
    ...UNUSED,
  };
}

const UNUSED = {
  adaptive_pricing: { enabled: false },
  allowed_payment_method_types: null,
  currency_conversion: null,
  customer_account: null,
  integration_identifier: null,
  managed_payments: { enabled: false },
  origin_context: null,
  permissions: null,
} satisfies Partial<WireCheckoutSession>;

function walletOptions({ wallet_options: asked }: CheckoutSession['settings']): WireCheckoutSession['wallet_options'] {
  if (asked === undefined) return null;
  const { display } = asked.link ?? {};
  return { link: display === undefined ? {} : { display } };
}

/** Of the chosen rate. */
function shippingCost({ amounts, shippingRate }: CheckoutSession): WireCheckoutSession['shipping_cost'] {
  if (shippingRate === null) return null;
  const { shipping, shipping_tax: tax, shipping_total: total } = amounts;
  return { amount_subtotal: shipping, amount_tax: tax, amount_total: total, shipping_rate: shippingRate };
}

function returning({ settings }: CheckoutSession) {
  return {
    ...(settings.redirect_on_completion === null ? {} : { redirect_on_completion: settings.redirect_on_completion }),
    ...(settings.return_url === null ? {} : { return_url: settings.return_url }),
  };
}

/** A session in setup mode sells nothing. */
function amounts({ mode, amounts: { subtotal, total, discount, shipping, tax }, settings, taxProvider, taxStatus }: CheckoutSession) {
  const sells = mode !== 'setup';
  return {
    amount_subtotal: sells ? subtotal : null,
    amount_total: sells ? total : null,
    total_details: sells ? { amount_discount: discount, amount_shipping: shipping, amount_tax: tax } : null,
    automatic_tax: {
      enabled: settings.automatic_tax,
      liability: settings.automatic_tax ? { type: 'self' as const } : null,
      provider: taxProvider,
      status: taxStatus,
    },
  };
}

/** What it has made. A subscription is not shown before it is paid for. */
function results({ mode, status, invoice, paymentIntent, setupIntent, subscription }: CheckoutSession) {
  const isComplete = status === 'complete';
  return {
    invoice: isComplete ? invoice : null,
    payment_intent: paymentIntent,
    setup_intent: mode === 'setup' ? setupIntent : null,
    subscription: isComplete ? subscription : null,
  };
}

function buyer(session: CheckoutSession) {
  const { customerDetails, shippingDetails, consent, customFields, customer, settings } = session;
  return {
    collected_information:
      customerDetails || shippingDetails
        ? {
            business_name: customerDetails?.business_name ?? null,
            individual_name: customerDetails?.individual_name ?? null,
            shipping_details: shippingDetails && { address: shippingDetails.address, name: shippingDetails.name },
          }
        : null,
    consent,
    custom_fields: customFields,
    customer,
    customer_creation: settings.customer_creation,
    customer_details: customerDetails,
    customer_email: settings.customer_email,
  };
}

function terms(session: CheckoutSession) {
  const { mode, settings } = session;
  return {
    after_expiration: recovery(session),
    allow_promotion_codes: settings.allow_promotion_codes,
    billing_address_collection: settings.billing_address_collection,
    branding_settings: brandingSettings(settings.branding),
    consent_collection: settings.consent_collection,
    custom_text: settings.custom_text,
    invoice_creation: mode === 'payment' ? invoiceCreation(settings.invoice_creation) : null,
    locale: settings.locale,
    ...(settings.optional_items.length === 0 ? {} : { optional_items: settings.optional_items }),
    payment_method_collection: settings.payment_method_collection,
    payment_method_configuration_details: configurationDetails(settings.payment_method_configuration),
    payment_method_options: {
      ...toStripeOptions(settings.payment_method_types, settings.payment_method_options),
      card: { request_three_d_secure: 'automatic' as const, ...settings.payment_method_options?.card },
    },
    payment_method_types: settings.payment_method_types,
    ...(settings.name_collection === null ? {} : { name_collection: settings.name_collection }),
    phone_number_collection: { enabled: settings.phone_number_collection },
    saved_payment_method_options: settings.saved_payment_method_options,
    shipping_address_collection: settings.shipping_address_collection,
    shipping_options: settings.shipping_options,
    submit_type: settings.submit_type,
    tax_id_collection: settings.tax_id_collection,
  };
}

/** Colors that nobody has chosen are those of the light pages. */
function brandingSettings(branding: Branding | null): WireCheckoutSession['branding_settings'] {
  const { background_color, border_style, button_color, display_name, font_family, icon, logo } = branding ?? UNBRANDED;
  return {
    background_color: background_color ?? '#f6f7f9',
    border_style,
    button_color: button_color ?? '#0b5cad',
    display_name,
    font_family,
    icon: toImage(icon),
    logo: toImage(logo),
  };
}

const UNBRANDED: Branding = {
  background_color: null,
  border_style: 'rounded',
  button_color: null,
  display_name: '',
  font_family: 'default',
  icon: null,
  logo: null,
};

/** Who has the address continues the expired session. */
function recovery({ clientSecret, pageUrl, recoveryExpiresAt, settings }: CheckoutSession): WireCheckoutSession['after_expiration'] {
  const { after_expiration: asked } = settings;
  if (asked === null) return null;
  const url = recoveryExpiresAt === null ? null : new URL(`/c/recover/${clientSecret}`, pageUrl).href;
  return { recovery: { ...asked, expires_at: recoveryExpiresAt, url } };
}

/** Of a session or a payment link. */
export function invoiceCreation(data: CheckoutInvoiceData | null): NonNullable<WireCheckoutSession['invoice_creation']> {
  return { enabled: data !== null, invoice_data: { ...(data ?? NO_INVOICE), issuer: data && { type: 'self' } } };
}

const NO_INVOICE: CheckoutInvoiceData = {
  account_tax_ids: null,
  custom_fields: null,
  description: null,
  footer: null,
  metadata: {},
  rendering_options: null,
};

/** The lines of a session or a payment link, in full. Their prices must be among the rows. */
export function toStripeCheckoutLines(
  { currency, lineItems }: Pick<CheckoutSession, 'currency' | 'lineItems'>,
  rows: Rows,
): WireQuoteLine[] {
  return lineItems.map((line) => ({
    id: line.id,
    object: 'item',
    adjustable_quantity: line.adjustable,
    amount_discount: line.discount,
    amount_subtotal: line.subtotal,
    amount_tax: line.tax,
    amount_total: line.total,
    currency: currency ?? '',
    description: line.description,
    metadata: line.metadata,
    price: toStripePrice(priceIn(rows.get('price', line.price), currency ?? '')),
    quantity: line.quantity,
  }));
}
