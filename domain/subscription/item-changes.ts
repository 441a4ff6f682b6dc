/** The effect of a caller's `items`: which items are changed, added and removed, and the period of each afterwards. */
import { assertItemAmount } from '../price/amount-limits';
import { addInterval } from '../money/billing-period';
import { discountsOfItem } from '../discount/replacing';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { assertIntervals } from '../subscription-item/mixed-intervals';
import { periodAfterChange, priceChangeRestartsCycle } from '../proration/proration';
import type { ChangeSet } from '../core/change-set';
import { isMetered, priceIn, type Price, type Recurring } from '../rows/price';
import { itemThreshold } from '../usage/spend-settings';
import { itemsOf, subscribablePrice } from '../subscription-item/items';
import type { ItemParameters } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { usageCut, usageStart } from '../usage/billing';
import { LIMITS } from '../core/limits';

export interface ItemChange {
  before: SubscriptionItem | null;
  after: SubscriptionItem | null;
  /** Classic billing mode: a new interval, or a price after a free one, restarts the cycle. */
  restartsCycle: boolean;
  /** The usage of a removed item is not billed. */
  clearsUsage?: boolean;
}

/** Every item of the subscription before and after, whether it changes or not. */
export function itemChanges(
  changes: ChangeSet,
  subscription: Subscription,
  params: ItemParameters[],
  { at, usedTo, trialEnd, restartsCycle }: { at: number; usedTo: number; trialEnd: number | undefined; restartsCycle: boolean },
): ItemChange[] {
  const current = itemsOf(changes.rows, subscription.id);
  params.forEach((item, index) => {
    assertOwn(current, item, index);
    assertOnce(params, item, index);
  });
  const kept = current.map((before) => withRestart(changes, subscription, changeOf(changes, subscription, before, params), at));
  const added = params.flatMap((item, index) => (item.id === undefined ? [addition(changes, subscription, item, index)] : []));
  const each = [...kept, ...added];
  assertCount(each, params);
  const left = each.flatMap(({ after }) => (after ? [changes.rows.get('price', after.price)] : []));
  assertIntervals(subscription.billingMode, left);
  const restarts = restartsCycle || each.some((change) => change.restartsCycle);
  const startsAnew = restarts || trialEnd !== undefined;
  return each.map((change) =>
    withUsage(changes, withPeriod(changes, subscription, change, { at, trialEnd, restarts }), { from: usedTo, startsAnew }),
  );
}

function assertOwn(current: SubscriptionItem[], { id }: ItemParameters, index: number): void {
  if (id === undefined || current.some((item) => item.id === id)) return;
  throw new BillingError('resource_missing', `No such subscription item: '${id}'`, { param: `items[${String(index)}][id]` });
}

/** Refuses two changes of one item, because the first would be lost. */
function assertOnce(params: ItemParameters[], { id }: ItemParameters, index: number): void {
  if (id === undefined || params.findIndex((item) => item.id === id) === index) return;
  throw new BillingError('parameter_invalid', `Cannot change the same subscription item twice: ${id}`, {
    param: `items[${String(index)}][id]`,
  });
}

function assertCount(changes: ItemChange[], params: ItemParameters[]): void {
  const left = changes.filter((change) => change.after !== null);
  if (left.length === 0) {
    throw new BillingError('parameter_invalid', 'A subscription must have at least one active item.', { param: 'items' });
  }
  if (left.length > LIMITS.subscriptionItems.max)
    throw new BillingError('too_many_items', `A subscription can have at most ${String(LIMITS.subscriptionItems.max)} items.`, {
      param: 'items',
    });
  const prices = left.map((change) => change.after?.price);
  const twice = prices.find((price, index) => prices.indexOf(price) < index);
  if (twice === undefined) return;
  const index = params.findLastIndex(({ price, deleted }) => price === twice && !deleted);
  throw new BillingError('parameter_invalid', `Cannot add multiple subscription items with the same price: ${twice}`, {
    param: index < 0 ? 'items' : `items[${String(index)}][price]`,
  });
}

function changeOf(changes: ChangeSet, subscription: Subscription, before: SubscriptionItem, params: ItemParameters[]): ItemChange {
  const index = params.findIndex((item) => item.id === before.id);
  const change = params[index];
  if (!change) return { before, after: before, restartsCycle: false };
  if (change.clear_usage) assertClearable(changes, subscription, before, `items[${String(index)}][clear_usage]`);
  if (change.deleted) return { before, after: null, restartsCycle: false, clearsUsage: change.clear_usage ?? false };
  const param = `items[${String(index)}][price]`;
  const current = priceIn(changes.rows.get('price', before.price), subscription.currency);
  const price = change.price === undefined ? current : subscribablePrice(changes, change, subscription.currency, param);
  const thresholds = itemThreshold(changes, change, {
    price: price.id,
    before: before.billingThresholds,
    param: `items[${String(index)}][billing_thresholds]`,
  });
  const discounts = discountsOfItem(changes, before, change, `items[${String(index)}][discounts]`);
  const after = { ...changedItem(before, change, price), billingThresholds: thresholds, discounts };
  assertItemAmount(price, after.quantity ?? 1, `items[${String(index)}][quantity]`);
  return { before, after, restartsCycle: false };
}

/**
 * In flexible billing mode usage is always billed, even if the item is removed.
 *
 * @throws BillingError parameter_invalid
 */
function assertClearable(changes: ChangeSet, { billingMode }: Subscription, item: SubscriptionItem, param: string): void {
  if (!isMetered(changes.rows.get('price', item.price))) {
    throw new BillingError('parameter_invalid', '`clear_usage` is only allowed for items with a metered price.', { param });
  }
  if (billingMode.type === 'classic') return;
  throw new BillingError('parameter_invalid', '`clear_usage` is not available in flexible billing mode: usage is always billed.', {
    param,
  });
}

/** A new price has quantity 1, unless the caller sets another. */
function changedItem(before: SubscriptionItem, change: ItemParameters, price: Price): SubscriptionItem {
  return {
    ...before,
    price: price.id,
    quantity: isMetered(price) ? null : (change.quantity ?? (price.id === before.price ? before.quantity : 1)),
    taxRates: change.tax_rates === undefined ? before.taxRates : (change.tax_rates ?? []),
    metadata: mergeMetadata(before.metadata, change.metadata),
  };
}

/** Restarts the cycle in classic billing mode, if the new price requires it and the period has time left. */
function withRestart(changes: ChangeSet, subscription: Subscription, change: ItemChange, at: number): ItemChange {
  const { before, after } = change;
  if (!before || !after || before.price === after.price || at >= before.currentPeriodEnd) return change;
  const [was, is] = [changes.rows.get('price', before.price), changes.rows.get('price', after.price)];
  return { ...change, restartsCycle: priceChangeRestartsCycle(subscription.billingMode.type, was, is) };
}

function addition(changes: ChangeSet, subscription: Subscription, params: ItemParameters, index: number): ItemChange {
  const price = subscribablePrice(changes, params, subscription.currency, `items[${String(index)}][price]`);
  assertItemAmount(price, params.quantity ?? 1, `items[${String(index)}][quantity]`);
  const after: SubscriptionItem = {
    ...changes.resource('si'),
    deleted: false,
    subscription: subscription.id,
    price: price.id,
    quantity: isMetered(price) ? null : (params.quantity ?? 1),
    usageFrom: null,
    billingThresholds: itemThreshold(changes, params, {
      price: price.id,
      before: null,
      param: `items[${String(index)}][billing_thresholds]`,
    }),
    currentPeriodStart: 0,
    currentPeriodEnd: 0,
    discounts: [],
    taxRates: params.tax_rates ?? [],
    metadata: params.metadata ?? {},
  };
  return {
    before: null,
    after: { ...after, discounts: discountsOfItem(changes, after, params, `items[${String(index)}][discounts]`) },
    restartsCycle: false,
  };
}

/** In a trial every item's period is the trial; a restarted cycle begins at `at`; otherwise the grid decides. */
function withPeriod(
  changes: ChangeSet,
  subscription: Subscription,
  change: ItemChange,
  { at, trialEnd, restarts }: { at: number; trialEnd: number | undefined; restarts: boolean },
): ItemChange {
  if (!change.after) return change;
  const recurring = changes.rows.get('price', change.after.price).recurring as Recurring;
  const ends = trialEnd ?? runningTrial(subscription);
  if (ends !== null && ends > changes.now) return withSpan(change, change.before?.currentPeriodStart ?? changes.now, ends);
  if (ends === changes.now || restarts) return withSpan(change, at, cut(subscription, at, addInterval(at, recurring, 1)));
  return keepsInterval(changes, change) ? change : withGridPeriod(change, subscription, recurring, at);
}

function runningTrial({ status, trialEnd }: Subscription): number | null {
  return status === 'trialing' ? trialEnd : null;
}

function withGridPeriod(change: ItemChange, subscription: Subscription, recurring: Recurring, at: number): ItemChange {
  const { billingCycleAnchor: anchor, billingCycleAnchorConfig: config } = subscription;
  const day = config ? { dayOfMonth: config.day_of_month } : {};
  const period = periodAfterChange({ anchor, recurring, at, restartsCycle: false, ...day });
  return withSpan(change, period.start, cut(subscription, at, period.end));
}

/** A planned end shortens the period, as it does at a renewal. */
function cut({ cancelAt }: Subscription, at: number, end: number): number {
  return cancelAt === null || cancelAt <= at ? end : Math.min(cancelAt, end);
}

/**
 * A metered price counts from the change on, unless the item already had it and continues. A backdated change never starts before the
 * item's present count, because an earlier change or period has billed that time.
 */
function withUsage(changes: ChangeSet, change: ItemChange, { from, startsAnew }: { from: number; startsAnew: boolean }): ItemChange {
  const { before, after } = change;
  if (!after) return change;
  const isNew = before?.price !== after.price || startsAnew;
  if (!isMetered(changes.rows.get('price', after.price))) return { ...change, after: { ...after, usageFrom: null } };
  const cut = before ? usageCut(changes, before, from) : usageStart(changes, after, from);
  const usageFrom = isNew ? cut : before.usageFrom;
  return { ...change, after: { ...after, usageFrom } };
}

function withSpan(change: ItemChange, start: number, end: number): ItemChange {
  return { ...change, after: change.after && { ...change.after, currentPeriodStart: start, currentPeriodEnd: end } };
}

function keepsInterval(changes: ChangeSet, { before, after }: ItemChange): boolean {
  if (!before || !after) return false;
  const [was, is] = [changes.rows.get('price', before.price).recurring, changes.rows.get('price', after.price).recurring];
  return was?.interval === is?.interval && was?.interval_count === is?.interval_count;
}
