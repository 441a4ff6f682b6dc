/** Whether a customer may use a feature once more, and for how long that answer holds. */
import { BigNumber } from 'bignumber.js';

/** What is stored about a customer and a feature; `limit` null: without a limit. */
export interface Access {
  isEntitled: boolean;
  limit: number | null;
  meter: string | null;
  resetsAt: number | null;
  /** What the meter has counted in the period, as decimal text. */
  metered: string;
}

export interface Answer {
  allowed: boolean;
  /** Decimal text; null without a limit. */
  used: string | null;
  remaining: string | null;
}

/** @param asked `quantity`: how much is about to be used; `used`: what the caller has counted, where no meter counts */
export function checkAccess(access: Access, asked: { quantity: number; used: number }): Answer {
  if (!access.isEntitled || access.limit === null) return { allowed: access.isEntitled, used: null, remaining: null };
  const used = new BigNumber(access.meter === null ? asked.used : access.metered);
  const remaining = BigNumber.max(0, new BigNumber(access.limit).minus(used));
  return { allowed: remaining.gte(asked.quantity), used: used.toString(10), remaining: remaining.toString(10) };
}

/** Usage changes with every event; the set changes only with a webhook. Seconds. */
const METERED_SECONDS = 5;
const SET_SECONDS = 60;

/** For how many seconds the caller may keep an answer. It never outlives the period. */
export function cacheSecondsOf({ meter, resetsAt }: Access, now: number): number {
  const most = meter === null ? SET_SECONDS : METERED_SECONDS;
  return resetsAt === null ? most : Math.max(0, Math.min(most, resetsAt - now));
}
