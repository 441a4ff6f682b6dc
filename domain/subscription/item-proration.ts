/** The lines of a change of items: credits for paid and unused time, charges for the time from now on. */
import { addInterval, type Period } from '../money/billing-period';
import { givenBack } from '../proration/debited-time';
import type { LineContent } from '../rows/invoice';
import { planItemProration, type BilledItem } from '../proration/proration';
import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { spendLines } from '../usage/spend-bounds';
import type { ItemChange } from './item-changes';
import { partLine } from '../subscription-item/subscription-first-invoice';
import { billedItem, itemLine, recurringOf, runningItem } from '../subscription-item/items';
import type { ProrationBehavior } from '../rows/subscription-parameters';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { billUsage, usageCut } from '../usage/billing';

export interface ChangeTerms {
  at: number;
  /** Where usage is split: events before it are billed. Epoch seconds. */
  usedTo: number;
  /** When the whole cycle restarts (classic interval change, `billing_cycle_anchor=now`); null if it does not. */
  restartsAt: number | null;
  /** `changes.now` if the change ends a trial, later if it starts or extends one; undefined if the trial stays the same. */
  trialEnd: number | undefined;
  behavior: ProrationBehavior;
}

export function changeLines(changes: ChangeSet, subscription: Subscription, items: ItemChange[], terms: ChangeTerms): LineContent[] {
  const free = terms.behavior === 'none';
  const inTrial = subscription.status === 'trialing' && (subscription.trialEnd ?? 0) > changes.now;
  if (inTrial)
    return terms.trialEnd === changes.now
      ? items.map(licensedSides(changes)).flatMap((item) => firstPeriod(changes, item, changes.now))
      : [];
  if (isPausedUnbilled(subscription, items, terms.at)) return [];
  // Usage while paused is free, and the pause has billed the usage before it.
  const usage = subscription.status === 'paused' ? [] : items.flatMap((item) => usedUntil(changes, item, terms));
  const lines = items.map(licensedSides(changes)).flatMap((item) => {
    if (terms.trialEnd !== undefined) return credit(changes, subscription, item, terms.at);
    if (terms.restartsAt !== null) return restart(changes, subscription, item, terms.restartsAt);
    return proration(changes, subscription, item, terms.at);
  });
  const billed = [...(free ? lines.filter((line) => !line.proration) : lines), ...usage];
  return terms.restartsAt === null
    ? billed
    : [...billed, ...spendLines(changes, subscription, { period: cutPeriod(items, terms.restartsAt), billed })];
}

/** The subscription is paused and none of its periods is running: nothing is billed until it is resumed, and then in full. */
function isPausedUnbilled({ status }: Subscription, items: ItemChange[], at: number): boolean {
  return status === 'paused' && items.every(({ before }) => before === null || before.currentPeriodEnd <= at);
}

/** The period that a restarted cycle cuts off; it has its share of a minimum or a maximum. */
function cutPeriod(items: ItemChange[], end: number): Period {
  return { start: Math.min(...items.flatMap(({ before }) => (before ? [before.currentPeriodStart] : []))), end };
}

/** Without metered prices, which have nothing to prorate: usage up to the change is billed now, usage after it later. */
function licensedSides(changes: ChangeSet): (change: ItemChange) => ItemChange {
  const licensed = (item: SubscriptionItem | null) => (item && isMetered(changes.rows.get('price', item.price)) ? null : item);
  return ({ before, after, ...rest }) => ({ ...rest, before: licensed(before), after: licensed(after) });
}

/** The usage of a price that is removed, or whose count restarts. */
function usedUntil(changes: ChangeSet, { before, after, clearsUsage }: ItemChange, { usedTo }: ChangeTerms): LineContent[] {
  if (!before || clearsUsage === true || after?.usageFrom === before.usageFrom) return [];
  return billUsage(changes, before, usageCut(changes, before, usedTo));
}

/** After a trial: a whole period from here. */
function firstPeriod(changes: ChangeSet, { after }: ItemChange, at: number): LineContent[] {
  if (!after) return [];
  const whole = { start: at, end: addInterval(at, recurringOf(changes.rows, after), 1) };
  const end = after.currentPeriodEnd;
  return [end < whole.end ? partLine(changes, after, { start: at, end }, whole) : itemLine(changes.rows, after, whole)];
}

/** A trial begins in a paid period: the paid time is credited. */
function credit(changes: ChangeSet, subscription: Subscription, { before }: ItemChange, at: number): LineContent[] {
  if (!before) return [];
  const terms = {
    before: runningItem(changes.rows, subscription, before),
    after: null,
    at,
    subscription: subscription.id,
    subscriptionItem: before.id,
  };
  return planItemProration({ ...terms, ...givenBack(changes.rows, subscription, { item: before, at }) });
}

/** Credits the unused time, and charges a whole period from here. */
function restart(changes: ChangeSet, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && runningItem(changes.rows, subscription, before),
    after: after && cutTo(billedItem(changes.rows, after, { start: at, end: addInterval(at, recurringOf(changes.rows, after), 1) }), after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    ...givenBack(changes.rows, subscription, { item: before, at }),
    restartsCycle: true,
  });
}

function proration(changes: ChangeSet, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && runningItem(changes.rows, subscription, before),
    after: after && runningItem(changes.rows, subscription, after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    ...givenBack(changes.rows, subscription, { item: before, at }),
  });
}

const cutTo = (billed: BilledItem, { currentPeriodEnd: until }: SubscriptionItem): BilledItem => ({ ...billed, until });
