/** The lines that a change of items costs: credits for what was paid and is not used, charges for what is used from now on. */
import { addInterval } from './billing-period';
import type { LineContent } from './invoice';
import { planItemProration } from './proration';
import type { Plan } from './plan';
import type { ItemChange } from './subscription-item-changes';
import { billedItem, debitedPeriod, itemLine, recurringOf } from './subscription-items';
import type { ProrationBehavior } from './subscription-parameters';
import type { Subscription } from './subscription';

export interface ChangeTerms {
  at: number;
  /** The whole cycle starts anew here (classic interval change, `billing_cycle_anchor=now`); null where it does not. */
  restartsAt: number | null;
  /** `plan.now` where a trial ends by the change, later where one begins or goes on; undefined where it stays. */
  trialEnd: number | undefined;
  behavior: ProrationBehavior;
}

export function changeLines(plan: Plan, subscription: Subscription, items: ItemChange[], terms: ChangeTerms): LineContent[] {
  const free = terms.behavior === 'none';
  const inTrial = subscription.status === 'trialing' && (subscription.trialEnd ?? 0) > plan.now;
  if (inTrial) return terms.trialEnd === plan.now ? items.flatMap((item) => firstPeriod(plan, item, plan.now)) : [];
  if (isPausedUnbilled(subscription, items, terms.at)) return [];
  const lines = items.flatMap((item) => {
    if (terms.trialEnd !== undefined) return credit(plan, subscription, item, terms.at);
    if (terms.restartsAt !== null) return restart(plan, subscription, item, terms.restartsAt);
    return proration(plan, subscription, item, terms.at);
  });
  return free ? lines.filter((line) => !line.proration) : lines;
}

/** Paused, and no period of it runs: nothing is billed before it is resumed, and then in full. */
function isPausedUnbilled({ status }: Subscription, items: ItemChange[], at: number): boolean {
  return status === 'paused' && items.every(({ before }) => before === null || before.currentPeriodEnd <= at);
}

/** A trial has ended: a whole period from here. */
function firstPeriod(plan: Plan, { after }: ItemChange, at: number): LineContent[] {
  if (!after) return [];
  return [itemLine(plan.rows, after, { start: at, end: addInterval(at, recurringOf(plan.rows, after), 1) })];
}

/** A trial begins in a paid period: what was paid for it is given back. */
function credit(plan: Plan, subscription: Subscription, { before }: ItemChange, at: number): LineContent[] {
  if (!before) return [];
  const terms = { before: billedItem(plan.rows, before), after: null, at, subscription: subscription.id, subscriptionItem: before.id };
  return planItemProration({ ...terms, debited: debitedFor(plan, subscription, { before, after: null, restartsCycle: false }) });
}

/** What is unused is given back, and a whole period from here is charged. */
function restart(plan: Plan, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && billedItem(plan.rows, before),
    after: after && billedItem(plan.rows, after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    debited: debitedFor(plan, subscription, change),
    restartsCycle: true,
  });
}

function proration(plan: Plan, subscription: Subscription, change: ItemChange, at: number): LineContent[] {
  const { before, after } = change;
  const item = after ?? before;
  if (!item) return [];
  return planItemProration({
    before: before && billedItem(plan.rows, before),
    after: after && billedItem(plan.rows, after),
    at,
    subscription: subscription.id,
    subscriptionItem: item.id,
    debited: debitedFor(plan, subscription, change),
  });
}

/** Flexible billing mode credits what was really debited; classic, the price as it is now. */
function debitedFor(plan: Plan, subscription: Subscription, { before }: ItemChange) {
  return before && subscription.billingMode.type === 'flexible' ? debitedPeriod(plan.rows, before) : null;
}
