/** Portal configurations: which features customers have, and what must hold together. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import {
  CANCELLATION_REASONS,
  CUSTOMER_UPDATES,
  type PortalBusinessProfile,
  type PortalConfiguration,
  type PortalFeatures,
  type PortalPauseDuration,
  type PortalLoginPage,
  type PortalProduct,
} from '../rows/portal';
import type { Price } from '../rows/price';
import type { Metadata } from '../rows/resource';

type Sent<T> = { [K in keyof T]?: T[K] | undefined };

export interface PortalProductParameters {
  product: string;
  prices: string[];
  adjustable_quantity?: { enabled: boolean; minimum?: number | undefined; maximum?: number | undefined } | undefined;
}

type CancelParameters = Sent<Omit<PortalFeatures['subscription_cancel'], 'cancellation_reason'>> & {
  cancellation_reason?: Sent<PortalFeatures['subscription_cancel']['cancellation_reason']> | undefined;
};
type UpdateParameters = Sent<Omit<PortalFeatures['subscription_update'], 'products'>> & {
  products?: PortalProductParameters[] | undefined;
};

interface PauseParameters {
  enabled?: boolean | undefined;
  duration?: Sent<PortalPauseDuration> | undefined;
}

export interface PortalFeatureParameters {
  customer_update?: Sent<PortalFeatures['customer_update']> | undefined;
  invoice_history?: Sent<PortalFeatures['invoice_history']> | undefined;
  payment_method_update?: Sent<PortalFeatures['payment_method_update']> | undefined;
  subscription_cancel?: CancelParameters | undefined;
  subscription_pause?: PauseParameters | undefined;
  subscription_update?: UpdateParameters | undefined;
}

export interface PortalConfigurationParameters {
  active?: boolean | undefined;
  business_profile?: Sent<PortalBusinessProfile> | undefined;
  default_return_url?: string | null | undefined;
  features?: PortalFeatureParameters | undefined;
  login_page?: { enabled: boolean } | undefined;
  metadata?: Metadata | null | undefined;
  name?: string | null | undefined;
}

const NOTHING: PortalFeatures = {
  customer_update: { enabled: false, allowed_updates: [] },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false },
  subscription_cancel: {
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
    cancellation_reason: { enabled: false, options: [] },
  },
  subscription_pause: {
    enabled: false,
    duration: { type: 'interval_options', interval_options: [{ interval: 'month', interval_count: 1 }] },
  },
  subscription_update: {
    enabled: false,
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    products: [],
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

/** Of the default configuration, until the seller changes it. Changing plans needs products, which only the seller knows. */
const USUAL: PortalFeatures = {
  ...NOTHING,
  customer_update: { enabled: true, allowed_updates: [...CUSTOMER_UPDATES] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: {
    ...NOTHING.subscription_cancel,
    enabled: true,
    cancellation_reason: { enabled: true, options: [...CANCELLATION_REASONS] },
  },
};

const NO_PROFILE: PortalBusinessProfile = { headline: null, privacy_policy_url: null, terms_of_service_url: null };

/** @throws BillingError parameter_missing, parameter_invalid where features do not fit together */
export function createPortalConfiguration(changes: ChangeSet, params: PortalConfigurationParameters, origin: string): PortalConfiguration {
  return put(changes, { params, features: featuresOf(changes, NOTHING, params.features ?? {}), isDefault: false, origin });
}

/** The configuration that sessions use if they name none. */
export function makeDefaultConfiguration(changes: ChangeSet): PortalConfiguration {
  return put(changes, { params: {}, features: USUAL, isDefault: true, origin: '' });
}

function put(
  changes: ChangeSet,
  {
    params,
    features,
    isDefault,
    origin,
  }: { params: PortalConfigurationParameters; features: PortalFeatures; isDefault: boolean; origin: string },
): PortalConfiguration {
  const resource = changes.resource('bpc');
  const configuration = changes.put('portalConfiguration', {
    ...resource,
    loginPage: loginPageOf(changes, resource.id, { enabled: params.login_page?.enabled ?? false, origin }),
    active: true,
    isDefault,
    name: params.name ?? null,
    businessProfile: { ...NO_PROFILE, ...omitUndefined(params.business_profile ?? {}) },
    defaultReturnUrl: params.default_return_url ?? null,
    features,
    metadata: mergeMetadata({}, params.metadata),
    updated: changes.now,
  });
  changes.emit('billing_portal.configuration.created', 'portalConfiguration', configuration.id);
  return configuration;
}

/** @throws BillingError as `createPortalConfiguration` does, and parameter_invalid for the default one, which stays active */
export function updatePortalConfiguration(changes: ChangeSet, id: string, params: PortalConfigurationParameters, origin: string): void {
  const before = changes.rows.get('portalConfiguration', id);
  if (before.isDefault && params.active === false) {
    throw new BillingError('parameter_invalid', 'The default configuration cannot be deactivated.', { param: 'active' });
  }
  changes.patch('portalConfiguration', id, {
    active: params.active ?? before.active,
    name: params.name === undefined ? before.name : params.name,
    businessProfile: { ...before.businessProfile, ...omitUndefined(params.business_profile ?? {}) },
    defaultReturnUrl: params.default_return_url === undefined ? before.defaultReturnUrl : params.default_return_url,
    features: featuresOf(changes, before.features, params.features ?? {}),
    loginPage: params.login_page ? loginPageOf(changes, id, { enabled: params.login_page.enabled, origin }) : before.loginPage,
    metadata: mergeMetadata(before.metadata, params.metadata),
    updated: changes.now,
  });
  changes.emitUpdated('billing_portal.configuration.updated', 'portalConfiguration', id);
}

/** Unguessable, so that nobody finds the customers of a seller who has not published it. */
function loginPageOf({ context }: ChangeSet, id: string, { enabled, origin }: { enabled: boolean; origin: string }): PortalLoginPage {
  return { enabled, url: enabled ? `${origin}/p/login/${context.secretFor(id)}` : null };
}

function featuresOf(changes: ChangeSet, before: PortalFeatures, params: PortalFeatureParameters): PortalFeatures {
  const features: PortalFeatures = {
    customer_update: { ...before.customer_update, ...omitUndefined(params.customer_update ?? {}) },
    invoice_history: { ...before.invoice_history, ...omitUndefined(params.invoice_history ?? {}) },
    payment_method_update: { ...before.payment_method_update, ...omitUndefined(params.payment_method_update ?? {}) },
    subscription_cancel: cancelOf(before.subscription_cancel, params.subscription_cancel ?? {}),
    subscription_pause: pauseOf(before.subscription_pause, params.subscription_pause ?? {}),
    subscription_update: updateOf(changes, before.subscription_update, params.subscription_update ?? {}),
  };
  checkCustomerUpdate(features);
  checkCancel(features);
  checkUpdate(features);
  return features;
}

function cancelOf(
  before: PortalFeatures['subscription_cancel'],
  { cancellation_reason: reason = {}, ...rest }: CancelParameters,
): PortalFeatures['subscription_cancel'] {
  return { ...before, ...omitUndefined(rest), cancellation_reason: { ...before.cancellation_reason, ...omitUndefined(reason) } };
}

/** A new kind of duration has new options. */
function pauseOf(
  before: PortalFeatures['subscription_pause'],
  { enabled = before.enabled, duration }: PauseParameters,
): PortalFeatures['subscription_pause'] {
  if (duration === undefined) return { ...before, enabled };
  const { type = before.duration.type, interval_options: options = [] } = duration;
  if (type === 'interval_options' && options.length === 0) missing('features[subscription_pause][duration][interval_options]');
  if (type === 'indefinite' && options.length > 0) {
    throw new BillingError('parameter_invalid', '`interval_options` is only compatible with `type=interval_options`.', {
      param: 'features[subscription_pause][duration][interval_options]',
    });
  }
  return { enabled, duration: { type, interval_options: options } };
}

function updateOf(
  changes: ChangeSet,
  before: PortalFeatures['subscription_update'],
  { products, ...rest }: UpdateParameters,
): PortalFeatures['subscription_update'] {
  const settings = { ...before, ...omitUndefined(rest) };
  if (products === undefined) return settings;
  const isAdjustable = settings.default_allowed_updates.includes('quantity');
  return { ...settings, products: products.map((each, index) => productOf(changes, each, { index, isAdjustable })) };
}

/** @throws BillingError parameter_invalid for a price that customers could not change to */
function productOf(
  changes: ChangeSet,
  { product, prices, adjustable_quantity: quantity }: PortalProductParameters,
  { index, isAdjustable }: { index: number; isAdjustable: boolean },
): PortalProduct {
  const path = `features[subscription_update][products][${String(index)}]`;
  const seen = new Set<string>();
  prices.forEach((id, place) => {
    const price = changes.rows.get('price', id);
    const problem =
      problemOf(price, product) ?? (seen.has(intervalOf(price)) ? 'The product has another price with the same interval.' : null);
    if (problem !== null) throw new BillingError('parameter_invalid', problem, { param: `${path}[prices][${String(place)}]` });
    seen.add(intervalOf(price));
  });
  const { enabled, minimum = 0, maximum = null } = quantity ?? { enabled: isAdjustable };
  if (maximum !== null && maximum < minimum) {
    const param = `${path}[adjustable_quantity][maximum]`;
    throw new BillingError('parameter_invalid', 'The maximum must not be less than the minimum.', { param });
  }
  return { product, prices, adjustable_quantity: { enabled, minimum, maximum } };
}

function problemOf(price: Price, product: string): string | null {
  if (price.product !== product) return `The price '${price.id}' is not a price of '${product}'.`;
  if (!price.active) return 'The price specified is inactive. This field only accepts active prices.';
  if (price.recurring === null)
    return 'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.';
  return price.recurring.usage_type === 'metered' ? 'Customers cannot change to a metered price.' : null;
}

const intervalOf = ({ currency, recurring }: Price): string =>
  `${currency} ${String(recurring?.interval_count)} ${String(recurring?.interval)}`;

function checkCustomerUpdate({ customer_update: { enabled, allowed_updates: allowed } }: PortalFeatures): void {
  if (!enabled || allowed.length > 0) return;
  missing('features[customer_update][allowed_updates]');
}

function checkCancel({ subscription_cancel: { mode, proration_behavior: behavior, cancellation_reason: reason } }: PortalFeatures): void {
  if (behavior === 'create_prorations' && mode === 'at_period_end') {
    const message = '`proration_behavior=create_prorations` is only compatible with `mode=immediately`.';
    throw new BillingError('parameter_invalid', message, { param: 'features[subscription_cancel][proration_behavior]' });
  }
  if (reason.enabled && reason.options.length === 0) missing('features[subscription_cancel][cancellation_reason][options]');
}

function checkUpdate({ subscription_update: update, payment_method_update: method }: PortalFeatures): void {
  if (!update.enabled) return;
  if (update.default_allowed_updates.length === 0) missing('features[subscription_update][default_allowed_updates]');
  if (update.products.length === 0) missing('features[subscription_update][products]');
  if (method.enabled) return;
  const message = 'Cannot enable subscription updates while payment method update is disabled.';
  throw new BillingError('parameter_invalid', message, { param: 'features[subscription_update][enabled]' });
}

function missing(param: string): never {
  throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
}
