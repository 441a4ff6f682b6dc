import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { requestedDiscounts } from '../discount/requests';
import { mergeMetadata } from '../core/metadata';
import { applyChange } from '../subscription/change-effect';
import type { ItemChange } from '../subscription/item-changes';
import { itemsOf, putPendingItem } from '../subscription-item/items';
import type { ItemParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import type { SchedulePhase } from '../rows/subscription-schedule';
import { billUsage } from '../usage/billing';

interface Swap {
  phase: SchedulePhase;
  at: number;
  restarts: boolean;
}

/**
 * Swaps items whose periods end at `at` for new ones, whose periods end there too, so that the renewal bills them. In a trial's phase they
 * last until its end. Returns the changes that remain to be prorated: items in the middle of a period.
 */
export function swapItems(changes: ChangeSet, id: string, params: ItemParameters[], { phase, at, restarts }: Swap): ItemParameters[] {
  const subscription = changes.rows.get('subscription', id);
  const due = itemsOf(changes.rows, id).filter((item) => item.currentPeriodEnd <= at);
  const start = Math.min(...due.map((item) => item.currentPeriodStart));
  const isDue = (item: ItemParameters) => item.id === undefined || due.some((each) => each.id === item.id);
  const trialEnd = phase.trial_end !== null && phase.trial_end > at ? phase.trial_end : null;
  const period =
    trialEnd === null ? { currentPeriodStart: start, currentPeriodEnd: at } : { currentPeriodStart: at, currentPeriodEnd: trialEnd };
  const items = params.filter(isDue).map((item) => swapped(changes, id, item, period));
  // The renewal does not bill removed items, or items that continue in a trial.
  for (const { before, after } of items) if (before && (!after || trialEnd !== null)) billLast(changes, subscription, before, at);
  applyChange(changes, id, {
    items,
    restartsAt: restarts ? at : null,
    trialEnd: trialEnd ?? subscription.trialEnd,
    isUnpaid: false,
    prorationDate: at,
  });
  return params.filter((item) => !isDue(item));
}

/** The usage of a removed item up to the end of its period, billed with the renewal. Usage in a trial is free. */
function billLast(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, at: number): void {
  if (subscription.status === 'trialing') return;
  for (const line of billUsage(changes, item, at)) putPendingItem(changes, subscription, line);
}

type Span = Pick<SubscriptionItem, 'currentPeriodStart' | 'currentPeriodEnd'>;

function swapped(changes: ChangeSet, subscription: string, params: ItemParameters, period: Span): ItemChange {
  const before = changes.rows.find('subscriptionItem', params.id ?? null) ?? null;
  if (params.deleted) return { before, after: null, restartsCycle: false };
  const row = before ?? newItem(changes, subscription, params, period);
  const { currency } = changes.rows.get('subscription', subscription);
  const discounts = params.discounts ? requestedDiscounts(changes, params.discounts, { subscriptionItem: row.id }, { currency }) : [];
  const after: SubscriptionItem = {
    ...row,
    ...(params.quantity === undefined ? {} : { quantity: params.quantity }),
    ...(period.currentPeriodEnd > row.currentPeriodEnd ? movedTo(period, row) : {}),
    billingThresholds: params.billing_thresholds ?? null,
    metadata: mergeMetadata(row.metadata, params.metadata),
    taxRates: params.tax_rates ?? [],
    discounts,
  };
  return { before, after, restartsCycle: false };
}

function movedTo(period: Span, { usageFrom }: SubscriptionItem): Partial<SubscriptionItem> {
  return { ...period, usageFrom: usageFrom === null ? null : Math.max(usageFrom, period.currentPeriodStart) };
}

function newItem(changes: ChangeSet, subscription: string, { price: id }: ItemParameters, period: Span): SubscriptionItem {
  const price = changes.rows.get('price', id as string);
  return {
    ...changes.resource('si'),
    deleted: false,
    subscription,
    price: price.id,
    quantity: isMetered(price) ? null : 1,
    usageFrom: isMetered(price) ? period.currentPeriodEnd : null,
    billingThresholds: null,
    ...period,
    discounts: [],
    taxRates: [],
    metadata: {},
  };
}
