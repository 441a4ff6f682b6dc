/** The lines that a change of items costs: credits for what was paid and is not used, charges for what is used from now on. */
import { addInterval, type Period } from '../money/billing-period';
import { debitedFor } from '../proration/debited-time';
import type { LineContent } from '../rows/invoice';
import { planItemProration, type BilledItem } from '../proration/proration';
import type { Plan } from '../core/change-set';
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
  /** Where usage is cut: events before it are billed. */
  usedTo: number;
  /** The whole cycle starts anew here (classic interval change, `billing_cycle_anchor=now`); null where it does not. */
  restartsAt: number | null;
  /** `plan.now` where a trial ends by the change, later where one begins or goes on; undefined where it stays. */
  trialEnd: number | undefined;
  behavior: ProrationBehavior;
}

export function changeLines(plan: Plan, subscription: Subscription, items: ItemChange[], terms: ChangeTerms): LineContent[] {
  const free = terms.behavior === 'none';
  const inTrial = subscription.status === 'trialing' && (subscription.trialEnd ?? 0) > plan.now;
  if (inTrial)
    return terms.trialEnd === plan.now ? items.map(licensedSides(plan)).flatMap((item) => firstPeriod(plan, item, plan.now)) : [];
  if (isPausedUnbilled(subscription, items, terms.at)) return [];
  // What is used while it is paused is free, and what was used before was billed with the pause.
  const usage = subscription.status === 'paused' ? [] : items.flatMap((item) => usedUntil(plan, item, terms));
  const lines = items.map(licensedSides(plan)).flatMap((item) => {
    if (terms.trialEnd !== undefined) return credit(plan, subscription, item, terms.at);
    if (terms.restartsAt !== null) return restart(plan, subscription, item, terms.restartsAt);
    return proration(plan, subscription, item, terms.at);
  });
  const billed = [...(free ? lines.filter((line) => !line.proration) : lines), ...usage];
  return terms.restartsAt === null
    ? billed
    : [...billed, ...spendLines(plan, subscription, { period: cutPeriod(items, terms.restartsAt), billed })];
}

/** Paused, and no period of it runs: nothing is billed before it is resumed, and then in full. */
function isPausedUnbilled({ status }: Subscription, items: ItemChange[], at: number): boolean {
  return status === 'paused' && items.every(({ before }) => before === null || before.currentPeriodEnd <= at);
}

/** The period that a new cycle cuts short: it has its share of a minimum or a maximum. */
function cutPeriod(items: ItemChange[], end: number): Period {
  return { start: Math.min(...items.flatMap(({ before }) => (before ? [before.currentPeriodStart] : []))), end };
}

/** A metered price has nothing to prorate: what it used is billed up to the change, and what it uses from there on, later. */
function licensedSides(plan: Plan): (change: ItemChange) => ItemChange {
  const licensed = (item: SubscriptionItem | null) => (item && isMetered(plan.rows.get('price', item.price)) ? null : item);
  return ({ before, after, ...rest }) => ({ ...rest, before: licensed(before), after: licensed(after) });
}

/** The usage of a price that goes, or whose count begins anew. */
function usedUntil(plan: Plan, { before, after, clearsUsage }: ItemChange, { usedTo }: ChangeTerms): LineContent[] {
  if (!before || clearsUsage === true || after?.usageFrom === before.usageFrom) return [];
  return billUsage(plan, before, usageCut(plan, before, usedTo));
}

/** A trial has ended: a whole period from here. */
function firstPeriod(plan: Plan, { after }: ItemChange, at: number): LineContent[] {
  if (!after) return [];
  const whole = { start: at, end: addInterval(at, recurringOf(plan.rows, after), 1) };
  const end = after.currentPeriodEnd;
  return [end < whole.end ? partLine(plan, after, { start: at, end }, whole) : itemLine(plan.rows, after, whole)];
}

/** A trial begins in a paid period: what was paid for it is given back. */
function credit(plan: Plan, subscription: Subscription, { before }: ItemChange, at: number): LineContent[] {
  if (!before) return [];
  const terms = {
    before: runningItem(plan.rows, subscription, before),
    after: null,
    at,
    subscription: subscription.id,
    subscriptionItem: before.id,
  };
  return planItemProration({ ...terms, debited: debitedFor(plan.rows, subscription, before) });
}

/** What is unused is given back, and a whole period from here is charged. */
function restart(plan: Plan, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && runningItem(plan.rows, subscription, before),
    after: after && cutTo(billedItem(plan.rows, after, { start: at, end: addInterval(at, recurringOf(plan.rows, after), 1) }), after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    debited: debitedFor(plan.rows, subscription, before),
    restartsCycle: true,
  });
}

function proration(plan: Plan, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && runningItem(plan.rows, subscription, before),
    after: after && runningItem(plan.rows, subscription, after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    debited: debitedFor(plan.rows, subscription, before),
  });
}

const cutTo = (billed: BilledItem, { currentPeriodEnd: until }: SubscriptionItem): BilledItem => ({ ...billed, until });
