/** What the seller asks for, from the parameters; null for what was not sent. */
import { mergeMetadata } from '../core/metadata';
import type { CheckoutPaymentData, CheckoutSettings, CheckoutSubscriptionData } from '../rows/checkout-session';
import type { CreateSessionParameters } from './parameters';

const OF_SUBSCRIPTIONS = { customer_creation: null, payment_method_collection: 'always' } as const;
const OF_OTHERS = { customer_creation: 'if_required', payment_method_collection: 'if_required' } as const;

export function settingsOf(params: CreateSessionParameters): CheckoutSettings {
  const { setup_intent_data: setup } = params;
  const byMode = params.mode === 'subscription' ? OF_SUBSCRIPTIONS : OF_OTHERS;
  return {
    ...orNull(params, [
      'success_url',
      'cancel_url',
      'return_url',
      'allow_promotion_codes',
      'billing_address_collection',
      'branding',
      'customer_email',
      'locale',
      'submit_type',
    ]),
    redirect_on_completion: redirectOf(params),
    automatic_tax: params.automatic_tax?.enabled ?? false,
    customer_creation: params.customer_creation ?? byMode.customer_creation,
    payment_method_collection: params.payment_method_collection ?? byMode.payment_method_collection,
    payment_method_types: params.payment_method_types ?? ['card'],
    subscription_data: params.subscription_data ? subscriptionData(params.subscription_data) : null,
    payment_intent_data: params.payment_intent_data ? paymentData(params.payment_intent_data) : null,
    setup_intent_data: setup ? { ...orNull(setup, ['description']), metadata: mergeMetadata({}, setup.metadata) } : null,
  };
}

function subscriptionData(data: NonNullable<CreateSessionParameters['subscription_data']>): CheckoutSubscriptionData {
  return {
    ...orNull(data, ['description', 'trial_end', 'trial_period_days', 'trial_settings', 'billing_cycle_anchor', 'proration_behavior']),
    metadata: mergeMetadata({}, data.metadata),
    default_tax_rates: data.default_tax_rates ?? [],
  };
}

function paymentData(data: NonNullable<CreateSessionParameters['payment_intent_data']>): CheckoutPaymentData {
  return {
    ...orNull(data, [
      'capture_method',
      'description',
      'receipt_email',
      'setup_future_usage',
      'statement_descriptor',
      'statement_descriptor_suffix',
    ]),
    metadata: mergeMetadata({}, data.metadata),
  };
}

type OrNull<T, K extends keyof T> = { [Key in K]-?: Exclude<T[Key], undefined> | null };

function orNull<T extends object, const K extends keyof T>(from: T, names: readonly K[]): OrNull<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null])) as OrNull<T, K>;
}

/** A hosted page always redirects, without saying so. */
function redirectOf({
  redirect_on_completion: asked = null,
  ui_mode: ui,
}: CreateSessionParameters): CheckoutSettings['redirect_on_completion'] {
  return ui === 'embedded_page' ? (asked ?? 'always') : asked;
}
