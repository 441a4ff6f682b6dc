import type { Rows } from '../domain/rows/rows';
import type { PendingItem, Subscription } from '../domain/rows/subscription';
import type { WirePendingUpdate } from './shapes/pending-update';
import type { WireSubscriptionItem } from './shapes/subscription-item';
import { toStripeSubscriptionItem } from './subscription-item';

/**
 * A change that waits for the payment of its invoice, with the items as they would become. A change whose failure leaves no trace
 * (`error_if_incomplete`) is never shown, because it ends with its own request.
 */
export function toStripePendingUpdate(subscription: Subscription, rows: Rows): WirePendingUpdate | null {
  const update = subscription.pendingUpdate;
  if (update === null || update.on_failure === 'discard') return null;
  const items = update.items?.filter((item) => !item.deleted).map((item) => itemAfterwards(item, subscription, rows));
  return {
    billing_cycle_anchor: update.billing_cycle_anchor,
    discount: null,
    discounts: null,
    expires_at: update.expires_at,
    metadata: null,
    subscription_items: items ?? null,
    trial_end: update.trial_end,
    trial_from_plan: null,
  };
}

// An item that the change would add has no period yet: it would share that of the others.
function itemAfterwards(pending: PendingItem, subscription: Subscription, rows: Rows): WireSubscriptionItem {
  const { id, price, quantity, tax_rates: taxRates, metadata } = pending;
  const row =
    rows.find('subscriptionItem', id) ?? rows.first('subscriptionItem', (item) => item.subscription === subscription.id && !item.deleted);
  const { account, livemode, created, currentPeriodStart, currentPeriodEnd } = row ?? {
    ...subscription,
    currentPeriodStart: subscription.startDate,
    currentPeriodEnd: subscription.startDate,
  };
  const discounts = row?.id === id ? row.discounts : [];
  const item = {
    id,
    account,
    livemode,
    created,
    deleted: false,
    subscription: subscription.id,
    price,
    quantity,
    usageFrom: null,
    billingThresholds: null,
    currentPeriodStart,
    currentPeriodEnd,
  };
  return toStripeSubscriptionItem({ ...item, discounts, taxRates, metadata }, rows);
}
