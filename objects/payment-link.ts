import type { CheckoutField } from '../domain/rows/checkout-session';
import type { MethodType } from '../domain/rows/payment-method';
import { isActive, type PaymentLink } from '../domain/rows/payment-link';
import { invoiceCreation } from './checkout-session';
import type { WirePaymentLink } from './shapes/payment-link';

/** Stripe's payment link, active while it opens sessions. Its lines are shown only when expanded. */
export function toStripePaymentLink(link: PaymentLink): WirePaymentLink {
  const { settings, sessionsLimit: limit, completedSessions: count } = link;
  return {
    id: link.id,
    object: 'payment_link',
    active: isActive(link),
    after_completion: afterCompletion(link),
    allow_promotion_codes: settings.allow_promotion_codes ?? false,
    automatic_tax: { enabled: settings.automatic_tax, liability: settings.automatic_tax ? { type: 'self' } : null },
    billing_address_collection: settings.billing_address_collection ?? 'auto',
    consent_collection: settings.consent_collection,
    currency: link.currency,
    custom_fields: settings.custom_fields.map(withoutAnswer),
    custom_text: settings.custom_text,
    customer_creation: settings.customer_creation ?? 'if_required',
    ...experimentOf(link),
    inactive_message: link.inactiveMessage,
    ...offered(link),
    livemode: link.livemode,
    metadata: link.metadata,
    ...(settings.name_collection === null ? {} : { name_collection: settings.name_collection }),
    payment_intent_data: paymentIntentData(link),
    payment_method_collection: settings.payment_method_collection ?? 'if_required',
    payment_method_types: typesOf(link),
    phone_number_collection: { enabled: settings.phone_number_collection },
    restrictions: limit === null ? null : { completed_sessions: { count, limit } },
    shipping_address_collection: settings.shipping_address_collection,
    shipping_options: settings.shipping_options,
    submit_type: settings.submit_type ?? 'auto',
    subscription_data: subscriptionData(link),
    tax_id_collection: settings.tax_id_collection,
    url: link.url,
    ...UNUSED,
  };
}

/** What its sessions offer besides the lines. */
const offered = ({ mode, settings }: PaymentLink): Pick<WirePaymentLink, 'invoice_creation' | 'optional_items'> => ({
  invoice_creation: mode === 'payment' ? invoiceCreation(settings.invoice_creation) : null,
  optional_items: settings.optional_items.length === 0 ? null : settings.optional_items,
});

const UNUSED = {
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  managed_payments: { enabled: false },
  on_behalf_of: null,
  payment_method_options: null,
  transfer_data: null,
} satisfies Partial<WirePaymentLink>;

/** Dunlin's own, so it is there only where it is used. */
function experimentOf({ experiment }: PaymentLink): Pick<WirePaymentLink, 'experiment'> {
  return experiment === null ? {} : { experiment };
}

/** A link asks; its sessions have the answers. */
function withoutAnswer({ key, label, optional, type, dropdown, numeric, text }: CheckoutField): WirePaymentLink['custom_fields'][number] {
  const question = ({ default_value, maximum_length, minimum_length }: NonNullable<CheckoutField['text']>) => ({
    default_value,
    maximum_length,
    minimum_length,
  });
  return {
    key,
    label,
    optional,
    type,
    ...(dropdown && { dropdown: { default_value: dropdown.default_value, options: dropdown.options } }),
    ...(numeric && { numeric: question(numeric) }),
    ...(text && { text: question(text) }),
  };
}

function afterCompletion({
  settings: { success_url: url, confirmation_message: message },
}: PaymentLink): WirePaymentLink['after_completion'] {
  return url === null
    ? { hosted_confirmation: { custom_message: message }, type: 'hosted_confirmation' }
    : { redirect: { url }, type: 'redirect' };
}

function paymentIntentData({ settings: { payment_intent_data: data } }: PaymentLink): WirePaymentLink['payment_intent_data'] {
  if (data === null) return null;
  const { capture_method, description, metadata, setup_future_usage, statement_descriptor, statement_descriptor_suffix } = data;
  const shown = { capture_method, description, metadata, setup_future_usage, statement_descriptor, statement_descriptor_suffix };
  return { ...shown, transfer_group: null };
}

function subscriptionData({ settings: { subscription_data: data } }: PaymentLink): WirePaymentLink['subscription_data'] {
  if (data === null) return null;
  const { description, metadata, trial_period_days, trial_settings } = data;
  return { description, invoice_settings: { issuer: { type: 'self' } }, metadata, trial_period_days, trial_settings };
}

/** Null: a configuration decides when a visitor comes. */
function typesOf({ settings: { payment_method_types: named } }: PaymentLink): MethodType[] | null {
  return named.length === 0 ? null : (named as MethodType[]);
}
