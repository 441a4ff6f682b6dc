/** When a new subscription starts, when its trial ends, and the grid on which it is billed. All times are epoch seconds, UTC. */
import { addInterval, anchorFromConfig, billingPeriod, nextBoundary, type Period } from '../money/billing-period';
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Price, Recurring } from '../rows/price';
import type { CreateSubscriptionParameters } from '../rows/subscription-parameters';
import type { BillingCycleAnchorConfig } from '../rows/subscription';
import { LIMITS } from '../core/limits';

export interface Start {
  /** The start of the first period: now, or a backdated time. */
  startDate: number;
  trialEnd: number | null;
  anchor: number;
  firstPeriodEnd: number;
  lastPeriodEnd: number;
  /** The first period of an item with this price: the trial, the time up to a future anchor, or a whole period. */
  periodOf: (price: Price) => Period;
  /** The whole period of the grid that contains now; the first period may be a part of it. */
  wholePeriodOf: (price: Price) => Period;
}

const DAY = 86_400;

export function startOf(changes: ChangeSet, params: CreateSubscriptionParameters, prices: Price[]): Start {
  const { now } = changes;
  const billedAt = lastBilled(params, now);
  const trialEnd = trialEndOf(params, prices, now);
  const startDate = backdated(params, now);
  const anchor = anchorOf(params, prices, now, trialEnd);
  const dayOfMonth = params.billing_cycle_anchor_config?.day_of_month;
  const end = (price: Price) => trialEnd ?? (anchor > billedAt ? anchor : nextBoundary(anchor, recurring(price), billedAt, dayOfMonth));
  const firstPeriodEnd = Math.min(...prices.map(end));
  const planned = params.proration_behavior === 'none' ? Infinity : plannedEnd(params, firstPeriodEnd);
  return {
    startDate,
    trialEnd,
    anchor,
    firstPeriodEnd,
    lastPeriodEnd: Math.max(...prices.map(end)),
    periodOf: (price) => ({ start: billedAt, end: trialEnd ?? Math.min(end(price), planned) }),
    wholePeriodOf: (price) => billingPeriod(anchor, recurring(price), anchor > billedAt ? anchor - 1 : billedAt, dayOfMonth),
  };
}

/** No time beyond a planned end is billed: with mixed intervals, the longer ones are billed up to it. */
function plannedEnd({ cancel_at: at, cancel_at_period_end: atPeriodEnd }: CreateSubscriptionParameters, firstPeriodEnd: number): number {
  if (atPeriodEnd || at === 'min_period_end') return firstPeriodEnd;
  return typeof at === 'number' ? at : Infinity;
}

/**
 * The instant whose period is the last that the first invoice bills: now. A schedule may have ended before Dunlin could start it (after an
 * outage): then it is the schedule's last second.
 *
 * @throws BillingError parameter_invalid for a caller's `cancel_at` in the past
 */
function lastBilled({ cancel_at: cancelAt, schedule }: CreateSubscriptionParameters, now: number): number {
  if (typeof cancelAt !== 'number' || cancelAt > now) return now;
  if (schedule !== undefined) return cancelAt - 1;
  throw new BillingError('parameter_invalid', '`cancel_at` must be in the future.', { param: 'cancel_at' });
}

function recurring(price: Price): Recurring {
  if (!price.recurring) throw new Error(`price ${price.id} is not recurring`);
  return price.recurring;
}

function trialEndOf(params: CreateSubscriptionParameters, prices: Price[], now: number): number | null {
  if (params.trial_end === 'now') return null;
  const days = trialDays(params, prices);
  const end = params.trial_end ?? (days === 0 ? null : now + days * DAY);
  return end === null ? null : validTrialEnd(end, now);
}

function trialDays(params: CreateSubscriptionParameters, prices: Price[]): number {
  return params.trial_period_days ?? (params.trial_from_plan ? (prices[0]?.recurring?.trial_period_days ?? 0) : 0);
}

/**
 * Refuses a trial end that is in the past or more than two years ahead.
 *
 * @throws BillingError parameter_invalid
 */
export function validTrialEnd(end: number, now: number): number {
  if (end <= now) {
    throw new BillingError('parameter_invalid', 'Invalid timestamp: must be an integer Unix timestamp in the future.', {
      param: 'trial_end',
    });
  }
  if (end > now + LIMITS.trialDays.max * DAY) {
    throw new BillingError('parameter_invalid', 'A trial can be at most two years long.', { param: 'trial_end' });
  }
  return end;
}

function backdated(params: CreateSubscriptionParameters, now: number): number {
  const date = params.backdate_start_date;
  if (date === undefined) return now;
  if (date <= now) return date;
  throw new BillingError('parameter_invalid', '`backdate_start_date` must be in the past.', { param: 'backdate_start_date' });
}

function anchorOf(params: CreateSubscriptionParameters, prices: Price[], now: number, trialEnd: number | null): number {
  const from = trialEnd ?? now;
  const { billing_cycle_anchor: time, billing_cycle_anchor_config: config } = params;
  if (time === undefined && !config) return trialEnd ?? billedSince(params, now);
  const anchor = time ?? anchorFromConfig(config as BillingCycleAnchorConfig, from);
  assertAnchor(anchor, prices, { now, from, param: config ? 'billing_cycle_anchor_config' : 'billing_cycle_anchor' });
  return anchor;
}

/** If no earlier time is billed, the cycle begins now. */
function billedSince(
  { backdate_start_date: start = Infinity, proration_behavior: behavior }: CreateSubscriptionParameters,
  now: number,
): number {
  return behavior === 'none' ? now : Math.min(start, now);
}

/** A future anchor must be within one interval. Otherwise more than one period would come before the first whole one. */
function assertAnchor(anchor: number, prices: Price[], { now, from, param }: { now: number; from: number; param: string }): void {
  if (anchor < now) throw new BillingError('parameter_invalid', `\`${param}\` cannot be in the past.`, { param });
  const latest = Math.min(...prices.map((price) => addInterval(from, recurring(price), 1)));
  if (anchor > latest) {
    throw new BillingError('parameter_invalid', `\`${param}\` cannot be later than next natural billing date.`, { param });
  }
}
