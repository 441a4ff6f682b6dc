import type { Price } from '../domain/rows/price';
import type { WirePlan } from './shapes/plan';

/** A recurring price in its older form. Tiers are shown only when expanded. */
export function toStripePlan(price: Price): WirePlan {
  const { recurring } = price;
  if (recurring === null) throw new Error(`price ${price.id} is not recurring, so it is no plan`);
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unitAmount,
    amount_decimal: price.unitAmountDecimal,
    billing_scheme: price.billingScheme,
    created: price.created,
    currency: price.currency,
    interval: recurring.interval,
    interval_count: recurring.interval_count,
    livemode: price.livemode,
    metadata: price.metadata,
    meter: recurring.meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiersMode,
    transform_usage: price.transformQuantity,
    trial_period_days: recurring.trial_period_days,
    usage_type: recurring.usage_type,
  };
}
