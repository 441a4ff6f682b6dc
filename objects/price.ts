import type Stripe from 'stripe';
import type { Price, Recurring } from '../domain/price';
import type { Wire, WireWithout } from './wire';

type WireRecurring = WireWithout<Stripe.Price.Recurring, 'trial_period_days'> & { trial_period_days?: number };
export type WirePrice = Omit<Wire<Stripe.Price>, 'recurring'> & { recurring: WireRecurring | null };

/** Stripe's price: always so much per unit, so that what belongs to tiers and to free amounts is null. */
export function toStripePrice(price: Price): WirePrice {
  return {
    id: price.id,
    object: 'price',
    active: price.active,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    custom_unit_amount: null,
    livemode: price.livemode,
    lookup_key: price.lookupKey,
    metadata: price.metadata,
    nickname: price.nickname,
    product: price.product,
    recurring: price.recurring === null ? null : recurring(price.recurring),
    tax_behavior: price.taxBehavior,
    tiers_mode: null,
    transform_quantity: null,
    type: price.type,
    unit_amount: price.unitAmount,
    unit_amount_decimal: price.unitAmountDecimal,
  };
}

// The published schema no longer has the price's own trial, while the SDK still types it: shown where there is one.
function recurring({ interval, interval_count, usage_type, trial_period_days }: Recurring): WireRecurring {
  const common = { interval, interval_count, meter: null, usage_type };
  return trial_period_days === null ? common : { ...common, trial_period_days };
}
