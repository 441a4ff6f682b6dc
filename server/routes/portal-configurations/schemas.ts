/** The parameters of portal configurations. Others of Stripe's are rejected by name. */
import { z } from 'zod';
import { LIMITS } from '../../../domain/core/limits';
import { CANCELLATION_REASONS, CUSTOMER_UPDATES, SCHEDULING_CONDITIONS, SUBSCRIPTION_UPDATES } from '../../../domain/rows/portal';
import { array, boolean, emptyable, id, integer, metadata, name, object, oneOf } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import type { Reference } from '../../writes/references';

/** An empty value is an empty list. */
const listOf = <Item extends z.ZodType>(item: Item, limit: { max?: number } = {}) =>
  z.union([z.literal('').transform((): z.output<Item>[] => []), array(item, limit)]);

const products = () =>
  listOf(
    object({
      adjustable_quantity: object({
        enabled: boolean(),
        maximum: integer({ min: 1, max: LIMITS.quantity.max }).optional(),
        minimum: integer({ min: 0, max: LIMITS.quantity.max }).optional(),
      }).optional(),
      prices: array(id(), { max: LIMITS.portalPrices.max }),
      product: id(),
    }),
    { max: LIMITS.portalProducts.max },
  );

/** What each feature has besides `enabled`, which a new configuration must say. */
const FEATURES = {
  customer_update: { allowed_updates: listOf(oneOf(CUSTOMER_UPDATES)).optional() },
  invoice_history: {},
  payment_method_update: {},
  subscription_cancel: {
    cancellation_reason: object({ enabled: boolean(), options: listOf(oneOf(CANCELLATION_REASONS)).optional() }).optional(),
    mode: oneOf(['at_period_end', 'immediately']).optional(),
    proration_behavior: oneOf(['create_prorations', 'none']).optional(),
  },
  subscription_pause: {
    duration: object({
      interval_options: listOf(
        object({
          interval: oneOf(['day', 'week', 'month', 'year']),
          interval_count: integer({ min: 1, max: LIMITS.portalPauseIntervals.max }),
        }),
        { max: LIMITS.portalPauseOptions.max },
      ).optional(),
      type: oneOf(['indefinite', 'interval_options']),
    }).optional(),
  },
  subscription_update: {
    billing_cycle_anchor: oneOf(['now', 'unchanged']).optional(),
    default_allowed_updates: listOf(oneOf(SUBSCRIPTION_UPDATES)).optional(),
    products: products().optional(),
    proration_behavior: oneOf(['always_invoice', 'create_prorations', 'none']).optional(),
    schedule_at_period_end: object({
      conditions: listOf(object({ type: oneOf(SCHEDULING_CONDITIONS) }), { max: SCHEDULING_CONDITIONS.length }),
    }).optional(),
    trial_update_behavior: oneOf(['continue_trial', 'end_trial']).optional(),
  },
};

function features<Enabled extends z.ZodType>(enabled: Enabled) {
  return object({
    customer_update: object({ ...FEATURES.customer_update, enabled }).optional(),
    invoice_history: object({ ...FEATURES.invoice_history, enabled }).optional(),
    payment_method_update: object({ ...FEATURES.payment_method_update, enabled }).optional(),
    subscription_cancel: object({ ...FEATURES.subscription_cancel, enabled }).optional(),
    subscription_pause: object({ ...FEATURES.subscription_pause, enabled }).optional(),
    subscription_update: object({ ...FEATURES.subscription_update, enabled }).optional(),
  });
}

const changeable = {
  business_profile: object({
    headline: emptyable(name({ max: 60 })).optional(),
    privacy_policy_url: emptyable(httpUrl()).optional(),
    terms_of_service_url: emptyable(httpUrl()).optional(),
  }).optional(),
  default_return_url: emptyable(httpUrl({ max: 5000 })).optional(),
  login_page: object({ enabled: boolean() }).optional(),
  metadata: metadata().optional(),
  name: emptyable(name({ max: 5000 })).optional(),
};

export const createShape = { ...changeable, features: features(boolean()) };
export const updateShape = { ...changeable, active: boolean().optional(), features: features(boolean().optional()).optional() };

export const UNSUPPORTED: readonly string[] = [
  'features[payment_method_update][payment_method_configuration]',
  'features[subscription_cancel][cancellation_reason][feedback_options]',
];

interface Named {
  features?: { subscription_update?: { products?: { product: string; prices: string[] }[] | undefined } | undefined } | undefined;
}

export function referencesOf({ features: given }: Named): Reference[] {
  return (given?.subscription_update?.products ?? []).flatMap(({ product, prices }, index): Reference[] => {
    const param = `features[subscription_update][products][${String(index)}]`;
    return [
      { kind: 'product', id: product, param: `${param}[product]` },
      ...prices.map((price, place) => ({ kind: 'price' as const, id: price, param: `${param}[prices][${String(place)}]` })),
    ];
  });
}
