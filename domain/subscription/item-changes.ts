/** What a caller's `items` mean: which items change, come and go, and which period each is in then. */
import { assertItemAmount } from '../price/amount-limits';
import { addInterval } from '../money/billing-period';
import { discountsOfItem } from '../discount/replacing';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { assertIntervals } from '../subscription-item/mixed-intervals';
import { periodAfterChange, priceChangeRestartsCycle } from '../proration/proration';
import type { Plan } from '../core/change-set';
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
  /** Classic billing mode: a new interval, or a price after a free one, starts the cycle anew. */
  restartsCycle: boolean;
  /** What a removed item has used is not billed. */
  clearsUsage?: boolean;
}

/** Every item of the subscription, changed or not, as it is before and after. */
export function itemChanges(
  plan: Plan,
  subscription: Subscription,
  asked: ItemParameters[],
  { at, usedTo, trialEnd, restartsCycle }: { at: number; usedTo: number; trialEnd: number | undefined; restartsCycle: boolean },
): ItemChange[] {
  const current = itemsOf(plan.rows, subscription.id);
  asked.forEach((item, index) => {
    assertOwn(current, item, index);
    assertOnce(asked, item, index);
  });
  const kept = current.map((before) => withRestart(plan, subscription, changeOf(plan, subscription, before, asked), at));
  const added = asked.flatMap((item, index) => (item.id === undefined ? [addition(plan, subscription, item, index)] : []));
  const changes = [...kept, ...added];
  assertCount(changes, asked);
  const left = changes.flatMap(({ after }) => (after ? [plan.rows.get('price', after.price)] : []));
  assertIntervals(subscription.billingMode, left);
  const restarts = restartsCycle || changes.some((change) => change.restartsCycle);
  const startsAnew = restarts || trialEnd !== undefined;
  return changes.map((change) =>
    withUsage(plan, withPeriod(plan, subscription, change, { at, trialEnd, restarts }), { from: usedTo, startsAnew }),
  );
}

function assertOwn(current: SubscriptionItem[], { id }: ItemParameters, index: number): void {
  if (id === undefined || current.some((item) => item.id === id)) return;
  throw new BillingError('resource_missing', `No such subscription item: '${id}'`, { param: `items[${String(index)}][id]` });
}

/** An item changes once: the second change would be lost. */
function assertOnce(asked: ItemParameters[], { id }: ItemParameters, index: number): void {
  if (id === undefined || asked.findIndex((item) => item.id === id) === index) return;
  throw new BillingError('parameter_invalid', `Cannot change the same subscription item twice: ${id}`, {
    param: `items[${String(index)}][id]`,
  });
}

function assertCount(changes: ItemChange[], asked: ItemParameters[]): void {
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
  const index = asked.findLastIndex(({ price, deleted }) => price === twice && !deleted);
  throw new BillingError('parameter_invalid', `Cannot add multiple subscription items with the same price: ${twice}`, {
    param: index < 0 ? 'items' : `items[${String(index)}][price]`,
  });
}

function changeOf(plan: Plan, subscription: Subscription, before: SubscriptionItem, asked: ItemParameters[]): ItemChange {
  const index = asked.findIndex((item) => item.id === before.id);
  const change = asked[index];
  if (!change) return { before, after: before, restartsCycle: false };
  if (change.clear_usage) assertClearable(plan, subscription, before, `items[${String(index)}][clear_usage]`);
  if (change.deleted) return { before, after: null, restartsCycle: false, clearsUsage: change.clear_usage ?? false };
  const param = `items[${String(index)}][price]`;
  const current = priceIn(plan.rows.get('price', before.price), subscription.currency);
  const price = change.price === undefined ? current : subscribablePrice(plan, change, subscription.currency, param);
  const thresholds = itemThreshold(plan, change, {
    price: price.id,
    before: before.billingThresholds,
    param: `items[${String(index)}][billing_thresholds]`,
  });
  const discounts = discountsOfItem(plan, before, change, `items[${String(index)}][discounts]`);
  const after = { ...changedItem(before, change, price), billingThresholds: thresholds, discounts };
  assertItemAmount(price, after.quantity ?? 1, `items[${String(index)}][quantity]`);
  return { before, after, restartsCycle: false };
}

/** In flexible billing mode what was used is billed, whatever becomes of the item. Throws parameter_invalid. */
function assertClearable(plan: Plan, { billingMode }: Subscription, item: SubscriptionItem, param: string): void {
  if (!isMetered(plan.rows.get('price', item.price))) {
    throw new BillingError('parameter_invalid', '`clear_usage` is only allowed for items with a metered price.', { param });
  }
  if (billingMode.type === 'classic') return;
  throw new BillingError('parameter_invalid', '`clear_usage` is not available in flexible billing mode: usage is always billed.', {
    param,
  });
}

/** A new price counts one of it, unless the caller says how many. */
function changedItem(before: SubscriptionItem, change: ItemParameters, price: Price): SubscriptionItem {
  return {
    ...before,
    price: price.id,
    quantity: isMetered(price) ? null : (change.quantity ?? (price.id === before.price ? before.quantity : 1)),
    taxRates: change.tax_rates === undefined ? before.taxRates : (change.tax_rates ?? []),
    metadata: mergeMetadata(before.metadata, change.metadata),
  };
}

/** Classic billing mode, where the new price asks for it and there is something left of the period. */
function withRestart(plan: Plan, subscription: Subscription, change: ItemChange, at: number): ItemChange {
  const { before, after } = change;
  if (!before || !after || before.price === after.price || at >= before.currentPeriodEnd) return change;
  const [was, is] = [plan.rows.get('price', before.price), plan.rows.get('price', after.price)];
  return { ...change, restartsCycle: priceChangeRestartsCycle(subscription.billingMode.type, was, is) };
}

function addition(plan: Plan, subscription: Subscription, asked: ItemParameters, index: number): ItemChange {
  const price = subscribablePrice(plan, asked, subscription.currency, `items[${String(index)}][price]`);
  assertItemAmount(price, asked.quantity ?? 1, `items[${String(index)}][quantity]`);
  const after: SubscriptionItem = {
    ...plan.resource('si'),
    deleted: false,
    subscription: subscription.id,
    price: price.id,
    quantity: isMetered(price) ? null : (asked.quantity ?? 1),
    usageFrom: null,
    billingThresholds: itemThreshold(plan, asked, { price: price.id, before: null, param: `items[${String(index)}][billing_thresholds]` }),
    currentPeriodStart: 0,
    currentPeriodEnd: 0,
    discounts: [],
    taxRates: asked.tax_rates ?? [],
    metadata: asked.metadata ?? {},
  };
  return {
    before: null,
    after: { ...after, discounts: discountsOfItem(plan, after, asked, `items[${String(index)}][discounts]`) },
    restartsCycle: false,
  };
}

/** In a trial every item's period is the trial; a new cycle starts at `at`; otherwise the grid says. */
function withPeriod(
  plan: Plan,
  subscription: Subscription,
  change: ItemChange,
  { at, trialEnd, restarts }: { at: number; trialEnd: number | undefined; restarts: boolean },
): ItemChange {
  if (!change.after) return change;
  const recurring = plan.rows.get('price', change.after.price).recurring as Recurring;
  const ends = trialEnd ?? runningTrial(subscription);
  if (ends !== null && ends > plan.now) return withSpan(change, change.before?.currentPeriodStart ?? plan.now, ends);
  if (ends === plan.now || restarts) return withSpan(change, at, cut(subscription, at, addInterval(at, recurring, 1)));
  return keepsInterval(plan, change) ? change : withGridPeriod(change, subscription, recurring, at);
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

/** A planned end cuts the period short, as it does that of a renewal. */
function cut({ cancelAt }: Subscription, at: number, end: number): number {
  return cancelAt === null || cancelAt <= at ? end : Math.min(cancelAt, end);
}

/**
 * A metered price counts from the change on, unless it was there before and goes on. A change that is dated back never reaches
 * behind what the item counts now: that was billed with an earlier change or period.
 */
function withUsage(plan: Plan, change: ItemChange, { from, startsAnew }: { from: number; startsAnew: boolean }): ItemChange {
  const { before, after } = change;
  if (!after) return change;
  const isNew = before?.price !== after.price || startsAnew;
  if (!isMetered(plan.rows.get('price', after.price))) return { ...change, after: { ...after, usageFrom: null } };
  const cut = before ? usageCut(plan, before, from) : usageStart(plan, after, from);
  const usageFrom = isNew ? cut : before.usageFrom;
  return { ...change, after: { ...after, usageFrom } };
}

function withSpan(change: ItemChange, start: number, end: number): ItemChange {
  return { ...change, after: change.after && { ...change.after, currentPeriodStart: start, currentPeriodEnd: end } };
}

function keepsInterval(plan: Plan, { before, after }: ItemChange): boolean {
  if (!before || !after) return false;
  const [was, is] = [plan.rows.get('price', before.price).recurring, plan.rows.get('price', after.price).recurring];
  return was?.interval === is?.interval && was?.interval_count === is?.interval_count;
}
