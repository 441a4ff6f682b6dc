/**
 * Renewals and trial ends. Each period ends with a draft for the next one, which becomes final an hour later. A trial ends in the first
 * paid period, unless there is no payment method.
 */
import { courseOf } from '../invoice-rules/collection';
import { settingsOf } from '../rows/account';
import type { LineContent } from '../rows/invoice';
import { lateSpendLines } from '../usage/late-spend';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { isMetered } from '../rows/price';
import { spendLines } from '../usage/spend-bounds';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { freeLine, partLine } from '../subscription-item/subscription-first-invoice';
import { billLater } from './billing';
import { itemLine, itemsOf, periodAt } from '../subscription-item/items';
import { endsUnpaid, stopAfterTrial } from './trial-end';
import { billUsage, lateUsage } from '../usage/billing';

/** Starts the periods that follow those ending at `at`, and drafts their invoice. */
export function renewSubscription(changes: ChangeSet, subscriptionId: string, at: number): void {
  const subscription = changes.rows.get('subscription', subscriptionId);
  const isTrial = subscription.status === 'trialing';
  if (isTrial && !endTrial(changes, subscription)) return;
  const due = itemsOf(changes.rows, subscriptionId).filter((item) => item.currentPeriodEnd <= at);
  const previous = { start: Math.min(...due.map((item) => item.currentPeriodStart)), end: at };
  const used = isTrial ? [] : due.flatMap((item) => billUsage(changes, item, at));
  const arrears = [...used, ...lateUsage(changes, subscription)];
  const advance = due.flatMap((item) => nextLine(changes, subscription, item, at));
  const bounds = isTrial ? [] : spendLines(changes, subscription, { period: previous, billed: arrears });
  const late = lateSpendLines(changes, subscription, { usage: arrears, until: previous.start, isBilled: false });
  const lines = [...advance, ...arrears, ...bounds, ...late];
  const bill = { billingReason: 'subscription_cycle' as const, lines, period: previous, cycleAt: at };
  billLater(changes, changes.rows.get('subscription', subscriptionId), bill);
}

/** The line of the next period: the whole period, or only a part up to a planned end, or from a trial's end to the anchor. */
function nextLine(changes: ChangeSet, subscription: Subscription, item: SubscriptionItem, at: number): LineContent[] {
  const whole = periodAt(changes.rows, subscription, item, at);
  const part = { start: at, end: Math.min(whole.end, subscription.cancelAt ?? Infinity) };
  const metered = isMetered(changes.rows.get('price', item.price));
  const usageFrom = metered ? at : null;
  changes.patch('subscriptionItem', item.id, { currentPeriodStart: part.start, currentPeriodEnd: part.end, usageFrom });
  if (metered) return [];
  if (part.start === whole.start && part.end === whole.end) return [itemLine(changes.rows, item, whole)];
  const isFree = subscription.freeUntilAnchor && subscription.trialEnd === at && part.end === whole.end;
  return [isFree ? freeLine(changes, item, part) : partLine(changes, item, part, whole)];
}

/** False if billing ends with the trial. */
function endTrial(changes: ChangeSet, subscription: Subscription): boolean {
  const isUnpaid = endsUnpaid(changes.rows, subscription);
  if (isUnpaid) stopAfterTrial(changes, subscription);
  else changes.patch('subscription', subscription.id, { status: 'active' });
  return !isUnpaid;
}

const DAY = 86_400;

/** When the subscription renews: epoch seconds. Null if it ends before. */
export function renewalOf(rows: Rows, { id, cancelAt }: Subscription): number | null {
  const end = Math.min(...itemsOf(rows, id).map((item) => item.currentPeriodEnd));
  return cancelAt !== null && cancelAt <= end ? null : end;
}

/**
 * The renewal that the account wants to be told of, if it was not told yet, and the earliest time to tell it. As on Stripe, a renewal whose
 * invoice is sent is not announced. Neither is one whose invoice nobody will collect.
 */
export function renewalToAnnounce(rows: Rows, subscription: Subscription): { end: number; at: number } | null {
  const account = rows.find('account', subscription.account);
  const days = account ? settingsOf(account, subscription).invoices.days_before_renewal : null;
  const end = renewalOf(rows, subscription);
  if (days === null || end === null || end === subscription.renewalAnnouncedFor) return null;
  const isCharged = subscription.collectionMethod === 'charge_automatically' && courseOf(rows, subscription) === 'advance';
  return isCharged ? { end, at: end - days * DAY } : null;
}

/** The notice comes three days before a trial ends, or at once if less time is left. */
export const TRIAL_NOTICE_SECONDS = 3 * 86_400;

export function announceTrialEnd(changes: ChangeSet, subscriptionId: string): void {
  changes.patch('subscription', subscriptionId, { trialWillEndSentAt: changes.now });
  changes.emit('customer.subscription.trial_will_end', 'subscription', subscriptionId);
}
