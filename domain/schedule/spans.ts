/** When a phase and its trial end. All times are epoch seconds. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { Price, Recurring } from '../rows/price';
import type { PhaseParameters } from './parameters';
import { afterIntervals } from './times';
import type { SubscriptionSchedule } from '../rows/subscription-schedule';
import { LIMITS } from '../core/limits';
import { assertInstant } from '../money/bounds';

/** The same limit as on a subscription. */
const TRIAL_SECONDS_MAX = LIMITS.trialDays.max * 86_400;

/** The phase's `end_date`, or its start plus its duration, by default one interval of its first price. */
export function phaseEnd(
  changes: ChangeSet,
  params: PhaseParameters,
  price: Price,
  { anchor, from, param }: { anchor: number; from: number; param: string },
): number {
  const end = params.end_date === 'now' ? changes.now : (params.end_date ?? endByDuration(params, price, anchor, from));
  assertInstant(end, `${param}[${endParam(params)}]`);
  if (end > from) return end;
  throw new BillingError('parameter_invalid', 'A phase must end after it starts.', { param: `${param}[end_date]` });
}

const endParam = ({ duration, iterations }: PhaseParameters): string =>
  duration ? 'duration' : iterations === undefined ? 'end_date' : 'iterations';

function endByDuration({ duration, iterations = 1 }: PhaseParameters, price: Price, anchor: number, from: number): number {
  if (duration) return afterIntervals(anchor, from, { interval: duration.interval, interval_count: duration.interval_count ?? 1 });
  return afterIntervals(anchor, from, price.recurring as Recurring, iterations);
}

/** @throws BillingError parameter_invalid if the trial is not within the phase, or the phase also starts a cycle */
export function trialEndOf(
  changes: ChangeSet,
  params: PhaseParameters,
  { from, end, param }: { from: number; end: number; param: string },
): number | null {
  const ends = trialEndAsked(params, end);
  if (ends === null) return null;
  const isWithin = ends > from && ends <= end && (params.trial !== true || ends === end);
  if (!isWithin || ends > Math.max(from, changes.now) + TRIAL_SECONDS_MAX) {
    const message = "`trial_end` must be within the phase and at most two years after its start; with `trial=true` it is the phase's end.";
    throw new BillingError('parameter_invalid', message, { param: `${param}[trial_end]` });
  }
  if (params.billing_cycle_anchor !== 'phase_start') return ends;
  throw new BillingError('parameter_invalid', 'A phase with a trial cannot have `billing_cycle_anchor=phase_start`.', {
    param: `${param}[billing_cycle_anchor]`,
  });
}

/** The shortest interval of a price. */
const RENEWED_SECONDS_MIN = 86_400;

/**
 * Refuses a schedule that would repeat a last phase of less than a day: each repetition is a step of its own, for as long as the
 * subscription lives.
 *
 * @throws BillingError parameter_invalid
 */
export function assertRepeatable({ endBehavior, phases }: Pick<SubscriptionSchedule, 'endBehavior' | 'phases'>): void {
  const last = phases.at(-1);
  if (endBehavior !== 'renew' || !last || last.end_date - last.start_date >= RENEWED_SECONDS_MIN) return;
  const message = 'The last phase of a schedule with `end_behavior=renew` is repeated, so it must last at least a day.';
  throw new BillingError('parameter_invalid', message, { param: 'end_behavior' });
}

/** `now` ends a trial, so the phase has none. */
export function trialEndAsked({ trial, trial_end: params }: PhaseParameters, end: number): number | null {
  if (params === 'now') return null;
  return params ?? (trial ? end : null);
}
