/** Refuses times and change sets beyond the limits, by arithmetic and before any row is made. All times are epoch seconds. */
import { isInterval, periodsBetween, type BillingInterval } from './billing-period';
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';

/** A span of periods to bill, on the grid of `anchor`. */
export interface BilledSpan {
  anchor: number;
  recurring: BillingInterval;
  from: number;
  until: number;
  /** Tiers, discounts and tax rates that each of its lines computes. */
  work?: number;
}

/**
 * Refuses spans whose periods, one line each, do not fit one invoice together with `others`.
 *
 * @throws BillingError too_many_items, change_too_large
 */
export function assertPeriodsWithin(spans: BilledSpan[], { others, param }: { others: number; param: string }): void {
  const { max } = LIMITS.invoiceLines;
  const counts = spans.map(({ anchor, recurring, from, until }) => periodsBetween(anchor, recurring, from, until));
  const lines = counts.reduce((sum, count) => sum + count, others);
  const work = spans.reduce((sum, span, index) => sum + (counts[index] ?? 0) * (span.work ?? 0), 0);
  if (lines <= max && work > LIMITS.backdatedWork.max) throw tooMuchWork(work, param);
  if (lines <= max) return;
  const message = `The first invoice would have ${String(lines)} lines, and can have ${String(max)}: start later.`;
  throw new BillingError('too_many_items', message, { param });
}

function tooMuchWork(work: number, param: string): BillingError {
  const most = String(LIMITS.backdatedWork.max);
  const message = `The lines of the first invoice would go through ${String(work)} tiers, discounts and tax rates, and can through ${most}: start later.`;
  return new BillingError('change_too_large', message, { param });
}

/**
 * Refuses more lines on one invoice than the limit.
 *
 * @throws BillingError too_many_items
 */
export function assertLinesWithin(lines: number, param: string): void {
  const { max } = LIMITS.invoiceLines;
  if (lines > max) throw new BillingError('too_many_items', `An invoice can have at most ${String(max)} lines.`, { param });
}

/**
 * Refuses more different discounts on the lines of one invoice than the limit.
 *
 * @throws BillingError too_many_items
 */
export function assertDiscountsWithin(discounts: number, param: string): void {
  const { max } = LIMITS.invoiceDiscounts;
  if (discounts <= max) return;
  const message = `The lines of an invoice can have at most ${String(max)} different discounts, and would have ${String(discounts)}.`;
  throw new BillingError('too_many_items', message, { param });
}

/**
 * Refuses an instant after the year 9999.
 *
 * @throws BillingError parameter_invalid
 */
export function assertInstant(at: number, param: string): void {
  if (at <= LIMITS.timestamp.max) return;
  throw new BillingError('parameter_invalid', 'This would be after the year 9999.', { param });
}

/**
 * Refuses an advance of a test clock over too many periods of the shortest interval billed on it, or too many days.
 *
 * @throws BillingError parameter_invalid
 */
export function assertAdvanceWithin(from: number, to: number, intervals: BillingInterval[]): void {
  const days = Math.ceil((to - from) / 86_400);
  if (days > LIMITS.advanceDays.max) throw tooFar(days, 'days', LIMITS.advanceDays.max);
  // A price with an invalid interval bills no periods: its subscription is held at its first step.
  const periods = Math.max(0, ...intervals.filter(isInterval).map((recurring) => periodsBetween(from, recurring, from, to)));
  if (periods > LIMITS.advancePeriods.max) throw tooFar(periods, 'periods of its shortest subscription', LIMITS.advancePeriods.max);
}

function tooFar(count: number, what: string, max: number): BillingError {
  const message = `An advance of a test clock takes at most ${String(max)} ${what}, this one ${String(count)}. Advance in several steps.`;
  return new BillingError('parameter_invalid', message, { param: 'frozen_time' });
}
