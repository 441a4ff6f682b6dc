import { isActive, type PaymentLink } from '../domain/rows/payment-link';
import type { WirePaymentLink } from './shapes/payment-link';

/** Stripe's payment link, active while it opens sessions. Its lines are shown only when expanded. */
export function toStripePaymentLink(link: PaymentLink): WirePaymentLink {
  const { settings, mode, sessionsLimit: limit, completedSessions: count } = link;
  return {
    id: link.id,
    object: 'payment_link',
    active: isActive(link),
    after_completion: afterCompletion(link),
    allow_promotion_codes: settings.allow_promotion_codes ?? false,
    automatic_tax: { enabled: settings.automatic_tax, liability: settings.automatic_tax ? { type: 'self' } : null },
    billing_address_collection: settings.billing_address_collection ?? 'auto',
    currency: link.currency,
    customer_creation: settings.customer_creation ?? (mode === 'subscription' ? 'always' : 'if_required'),
    inactive_message: link.inactiveMessage,
    livemode: link.livemode,
    metadata: link.metadata,
    payment_intent_data: paymentIntentData(link),
    payment_method_collection: settings.payment_method_collection ?? 'if_required',
    payment_method_types: ['card'],
    restrictions: limit === null ? null : { completed_sessions: { count, limit } },
    submit_type: settings.submit_type ?? 'auto',
    subscription_data: subscriptionData(link),
    url: link.url,
    ...UNUSED,
  };
}

const UNUSED = {
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  consent_collection: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  invoice_creation: null,
  managed_payments: { enabled: false },
  on_behalf_of: null,
  optional_items: null,
  payment_method_options: null,
  phone_number_collection: { enabled: false },
  shipping_address_collection: null,
  shipping_options: [],
  tax_id_collection: { enabled: false, required: 'never' },
  transfer_data: null,
} satisfies Partial<WirePaymentLink>;

function afterCompletion({ settings: { success_url: url } }: PaymentLink): WirePaymentLink['after_completion'] {
  return url === null
    ? { hosted_confirmation: { custom_message: null }, type: 'hosted_confirmation' }
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
