/** What the seller asks for, from the parameters; null for what was not sent. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import { settingsOf as accountSettingsOf } from '../rows/account';
import {
  CHECKOUT_TEXT_PLACES,
  type CheckoutInvoiceData,
  type CheckoutNameCollection,
  type CheckoutPaymentData,
  type CheckoutSettings,
  type CheckoutSubscriptionData,
  type OptionalItem,
} from '../rows/checkout-session';
import { fieldsOf } from './custom-fields';
import { adjustableOf } from './lines';
import type { CreateSessionParameters, InvoiceDataParameters, OptionalItemParameters } from './parameters';

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
      'shipping_address_collection',
      'submit_type',
    ]),
    ...askedOf(params),
    ...offeredOf(params),
    redirect_on_completion: redirectOf(params),
    shipping_options: [],
    confirmation_message: null,
    automatic_tax: params.automatic_tax?.enabled ?? false,
    customer_creation: params.customer_creation ?? byMode.customer_creation,
    payment_method_collection: params.payment_method_collection ?? byMode.payment_method_collection,
    subscription_data: params.subscription_data ? subscriptionData(params.subscription_data) : null,
    payment_intent_data: params.payment_intent_data ? paymentData(params.payment_intent_data) : null,
    setup_intent_data: setup ? { ...orNull(setup, ['description']), metadata: mergeMetadata({}, setup.metadata) } : null,
    ...(params.wallet_options ? { wallet_options: params.wallet_options } : {}),
  };
}

/**
 * Nobody can accept terms that they cannot read. As on Stripe, only sellers in the United States ask for consent to promotions.
 *
 * @throws BillingError parameter_invalid if the account has no address of its terms, or is in another country
 */
export function assertConsentsAreThere({ rows, context }: ChangeSet, { consent_collection: asked }: CheckoutSettings): void {
  const account = rows.get('account', context.account);
  if (asked?.promotions === 'auto' && account.country !== 'US') {
    const message = '`consent_collection[promotions]` is only available to merchants in the United States.';
    throw new BillingError('parameter_invalid', message, { param: 'consent_collection[promotions]' });
  }
  if (asked?.terms_of_service !== 'required') return;
  if (accountSettingsOf(account, context).checkout.terms_of_service_url !== null) return;
  const message =
    'You cannot collect consent to your terms of service unless a URL is set. Set `checkout[terms_of_service_url]` with POST /v1/account_settings.';
  throw new BillingError('parameter_invalid', message, { param: 'consent_collection[terms_of_service]' });
}

type Offered =
  | 'after_expiration'
  | 'invoice_creation'
  | 'optional_items'
  | 'payment_method_configuration'
  | 'payment_method_options'
  | 'payment_method_types'
  | 'saved_payment_method_options';

/** What the buyer is offered besides the lines. */
function offeredOf(params: CreateSessionParameters): Pick<CheckoutSettings, Offered> {
  const { invoice_creation: invoice, saved_payment_method_options: saved } = params;
  return {
    after_expiration: recoveryOf(params),
    invoice_creation: invoice?.enabled === true ? invoiceData(invoice.invoice_data ?? {}) : null,
    optional_items: (params.optional_items ?? []).map(optionalItem),
    payment_method_types: params.payment_method_types ?? ['card'],
    payment_method_configuration: params.payment_method_configuration ?? null,
    payment_method_options: params.payment_method_options ?? null,
    saved_payment_method_options: saved ? orNull(saved, ['allow_redisplay_filters', 'payment_method_remove', 'payment_method_save']) : null,
  };
}

function recoveryOf({ after_expiration: after }: CreateSessionParameters): CheckoutSettings['after_expiration'] {
  const { recovery } = after ?? {};
  return recovery ? { enabled: recovery.enabled, allow_promotion_codes: recovery.allow_promotion_codes ?? false } : null;
}

function invoiceData({ metadata, rendering_options: rendering, ...data }: InvoiceDataParameters): CheckoutInvoiceData {
  return {
    ...orNull(data, ['account_tax_ids', 'custom_fields', 'description', 'footer']),
    metadata: mergeMetadata({}, metadata),
    rendering_options: rendering ? orNull(rendering, ['amount_tax_display', 'template']) : null,
  };
}

const optionalItem = ({ adjustable_quantity: adjustable, price, quantity }: OptionalItemParameters): OptionalItem => ({
  adjustable_quantity: adjustableOf(adjustable),
  price,
  quantity,
});

function subscriptionData(data: NonNullable<CreateSessionParameters['subscription_data']>): CheckoutSubscriptionData {
  return {
    ...orNull(data, ['description', 'trial_end', 'trial_period_days', 'trial_settings', 'billing_mode', 'proration_behavior']),
    ...orNull(data, ['billing_cycle_anchor', 'billing_cycle_anchor_config']),
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
      'shipping',
      'statement_descriptor',
      'statement_descriptor_suffix',
    ]),
    metadata: mergeMetadata({}, data.metadata),
  };
}

type Asked =
  | 'consent_collection'
  | 'custom_fields'
  | 'custom_text'
  | 'customer_update'
  | 'name_collection'
  | 'phone_number_collection'
  | 'tax_id_collection';

/** What the page asks and says besides the payment. */
function askedOf({
  consent_collection: consents,
  custom_fields: fields,
  ...params
}: CreateSessionParameters): Pick<CheckoutSettings, Asked> {
  return {
    consent_collection: consents ? orNull(consents, ['payment_method_reuse_agreement', 'promotions', 'terms_of_service']) : null,
    custom_fields: fieldsOf(fields ?? []),
    custom_text: orNull(params.custom_text ?? {}, CHECKOUT_TEXT_PLACES),
    name_collection: params.name_collection ? namesOf(params.name_collection) : null,
    phone_number_collection: params.phone_number_collection?.enabled ?? false,
    customer_update: params.customer_update ? { ...NO_UPDATE, ...omitUndefined(params.customer_update) } : null,
    tax_id_collection: { ...NO_TAX_ID, ...omitUndefined(params.tax_id_collection ?? {}) },
  };
}

function namesOf(params: NonNullable<CreateSessionParameters['name_collection']>): CheckoutNameCollection {
  const sent = (['business', 'individual'] as const).flatMap((of) => {
    const { enabled, optional = false } = params[of] ?? {};
    return enabled === undefined ? [] : [[of, { enabled, optional }] as const];
  });
  return Object.fromEntries(sent);
}

const NO_UPDATE = { address: 'never', name: 'never', shipping: 'never' } as const;
const NO_TAX_ID = { enabled: false, required: 'never' } as const;

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
