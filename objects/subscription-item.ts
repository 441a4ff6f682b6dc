import type { Rows } from '../domain/rows/rows';
import type { SubscriptionItem } from '../domain/rows/subscription';
import { toStripePlan } from './plan';
import { toStripePrice } from './price';
import { taxRatesOf } from './tax-rate';
import type { WireSubscriptionItem } from './shapes/subscription-item';

/** One price of a subscription, also in its older form, `plan`. Its period is the item's own, the one billed last. */
export function toStripeSubscriptionItem(item: SubscriptionItem, rows: Rows): WireSubscriptionItem {
  const wire: WireSubscriptionItem = {
    id: item.id,
    object: 'subscription_item',
    billing_thresholds: item.billingThresholds,
    created: item.created,
    current_period_end: item.currentPeriodEnd,
    current_period_start: item.currentPeriodStart,
    current_trial: null,
    discounts: item.discounts,
    metadata: item.metadata,
    plan: toStripePlan(rows.get('price', item.price)),
    price: toStripePrice(rows.get('price', item.price)),
    subscription: item.subscription,
    tax_rates: taxRatesOf(item.taxRates, rows),
  };
  if (item.quantity !== null) wire.quantity = item.quantity;
  return wire;
}
