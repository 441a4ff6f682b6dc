/**
 * When a subscription is billed. Its anchor and its interval define a grid of instants; each billing period is the half-open span [start,
 * end) between two neighbors. Months are counted from the anchor and each is clamped separately, never from the last clamped date: an
 * anchor on 31 January at 10:00 bills on 28 February, 31 March and 30 April, each at 10:00. All times are UTC.
 */
import type { Recurring } from '../rows/price';
import type { BillingCycleAnchorConfig } from '../rows/subscription';

/** The half-open span [start, end), in epoch seconds. */
export interface Period {
  start: number;
  end: number;
}

export type BillingInterval = Pick<Recurring, 'interval' | 'interval_count'>;

const DAY = 86_400;

/** Date.UTC reads years below 100 as years of the twentieth century, so months are counted relative to 2000. */
const MONTHS_BEFORE_2000 = 24_000;

/**
 * The first instant of the anchor's grid strictly after `after`; the anchor may lie in the future. `dayOfMonth` is the wanted day of an
 * anchor that was clamped in its own month (`billing_cycle_anchor_config.day_of_month` = 31, anchored on 28 February); without it, every
 * month would use the 28th. It is ignored if the anchor is on another day than the clamped one.
 */
export function nextBoundary(anchor: number, recurring: BillingInterval, after: number, dayOfMonth?: number): number {
  return boundary(anchor, recurring, numberAtOrBefore(anchor, recurring, after, dayOfMonth) + 1, dayOfMonth);
}

/** The last instant of the anchor's grid at or before `at`. */
export function boundaryAtOrBefore(anchor: number, recurring: BillingInterval, at: number, dayOfMonth?: number): number {
  return boundary(anchor, recurring, numberAtOrBefore(anchor, recurring, at, dayOfMonth), dayOfMonth);
}

/** The period of the anchor's grid that contains `at`. A boundary belongs to the period that begins there. */
export function billingPeriod(anchor: number, recurring: BillingInterval, at: number, dayOfMonth?: number): Period {
  return {
    start: boundaryAtOrBefore(anchor, recurring, at, dayOfMonth),
    end: nextBoundary(anchor, recurring, at, dayOfMonth),
  };
}

/** The number of periods of the anchor's grid that a span touches, including partial ones at its ends. Computed by arithmetic. */
export function periodsBetween(anchor: number, recurring: BillingInterval, from: number, until: number): number {
  if (from >= until) return 0;
  return numberAtOrBefore(anchor, recurring, until - 1) - numberAtOrBefore(anchor, recurring, from) + 1;
}

/** The boundary of the anchor's grid that is `count` boundaries after the one at or before `at`. */
export function boundaryAfter(anchor: number, recurring: BillingInterval, at: number, count: number): number {
  return boundary(anchor, recurring, numberAtOrBefore(anchor, recurring, at) + count);
}

/** `n` intervals after `from` (before it, if `n` is negative), with months clamped. */
export function addInterval(from: number, recurring: BillingInterval, n: number): number {
  return boundary(from, recurring, n);
}

/** `months` after `from`, clamped to the end of a shorter month: one month after 31 January is 28 February. */
export function addMonths(from: number, months: number): number {
  return boundary(from, { interval: 'month', interval_count: 1 }, months);
}

/**
 * The anchor of Stripe's `billing_cycle_anchor_config`: the first instant at or after `from` on that day of the month (of that month, if
 * one is given), clamped in shorter months. The time of day defaults to that of `from`.
 */
export function anchorFromConfig(config: BillingCycleAnchorConfig, from: number): number {
  const date = new Date(from * 1000);
  const hour = config.hour ?? date.getUTCHours();
  const minute = config.minute ?? date.getUTCMinutes();
  const time = hour * 3600 + minute * 60 + (config.second ?? date.getUTCSeconds());
  const month = config.month === null ? date.getUTCMonth() : config.month - 1;
  const first = date.getUTCFullYear() * 12 + month;
  const candidate = dayIn(first, config.day_of_month) + time;
  if (candidate >= from) return candidate;
  return dayIn(first + (config.month === null ? 1 : 12), config.day_of_month) + time;
}

/** The number of the boundary at or before `at`, counted from the anchor. The estimate is off by one at most. */
function numberAtOrBefore(anchor: number, recurring: BillingInterval, at: number, dayOfMonth?: number): number {
  const n = estimate(anchor, recurring, at);
  return boundary(anchor, recurring, n, dayOfMonth) > at ? n - 1 : n;
}

function boundary(anchor: number, recurring: BillingInterval, n: number, dayOfMonth?: number): number {
  const length = lengthOf(recurring);
  if ('seconds' in length) return anchor + n * length.seconds;
  const timeOfDay = anchor - Math.floor(anchor / DAY) * DAY;
  return dayIn(monthIndex(anchor) + n * length.months, anchorDay(anchor, dayOfMonth)) + timeOfDay;
}

/** The interval whose month (or day) contains the instant. It may begin later in that month; the next one is certainly later. */
function estimate(anchor: number, recurring: BillingInterval, at: number): number {
  const length = lengthOf(recurring);
  if ('seconds' in length) return Math.floor((at - anchor) / length.seconds);
  return Math.floor((monthIndex(at) - monthIndex(anchor)) / length.months);
}

function anchorDay(anchor: number, wished: number | undefined): number {
  const day = new Date(anchor * 1000).getUTCDate();
  if (wished === undefined) return day;
  return day === Math.min(wished, daysInMonth(monthIndex(anchor))) ? wished : day;
}

/** How long the interval is: so many months of the calendar, or so many seconds. */
type Length = { months: number } | { seconds: number };

const LENGTHS: Partial<Record<string, Length>> = {
  day: { seconds: DAY },
  week: { seconds: 7 * DAY },
  month: { months: 1 },
  year: { months: 12 },
} satisfies Record<Recurring['interval'], Length>;

/** Whether a row's interval is a valid billing interval. */
export function isInterval({ interval, interval_count: count }: BillingInterval): boolean {
  return Object.hasOwn(LENGTHS, interval) && Number.isSafeInteger(count) && count >= 1;
}

/**
 * A row may contain an interval that no request could have created. Dunlin does not guess what to bill for it.
 *
 * @throws Error for an unknown interval, so that its subscription is held
 */
function lengthOf(recurring: BillingInterval): Length {
  const { interval, interval_count: count } = recurring;
  const one = LENGTHS[interval];
  if (!one || !isInterval(recurring)) throw new Error(`a price recurs every ${String(count)} ${interval}, which is no interval`);
  return 'months' in one ? { months: one.months * count } : { seconds: one.seconds * count };
}

/** Months since January of the year 0. */
function monthIndex(at: number): number {
  const date = new Date(at * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The midnight at which this day of this month begins, or the month's last day if it is shorter. */
function dayIn(month: number, day: number): number {
  return Date.UTC(2000, month - MONTHS_BEFORE_2000, Math.min(day, daysInMonth(month))) / 1000;
}

function daysInMonth(month: number): number {
  return new Date(Date.UTC(2000, month - MONTHS_BEFORE_2000 + 1, 0)).getUTCDate();
}
