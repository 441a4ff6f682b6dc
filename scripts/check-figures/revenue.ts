import { rounded } from './fractions';

/** An amount that is earned evenly from one moment to another. It is posted at a moment, and what was earned before `countsFrom` is not of it. */
export interface Schedule {
  amount: number;
  posted: number;
  startsAt: number;
  endsAt: number;
  countsFrom: number;
}

/** What was earned before a moment. */
export function earnedOf(schedule: Schedule, at: number): number {
  return schedule.posted >= at ? 0 : shareOf(schedule, Math.max(at, schedule.countsFrom)) - shareOf(schedule, schedule.countsFrom);
}

/** What is still to be earned at a moment. */
export function deferredOf(schedule: Schedule, at: number): number {
  return schedule.posted >= at ? 0 : schedule.amount - shareOf(schedule, schedule.countsFrom) - earnedOf(schedule, at);
}

/** The sum up to a moment is rounded, half away from zero, so that parts of the time add up. */
function shareOf({ amount, startsAt, endsAt }: Schedule, at: number): number {
  if (at >= endsAt) return amount;
  if (at <= startsAt) return 0;
  return Math.sign(amount) * rounded([BigInt(Math.abs(amount)) * BigInt(at - startsAt), BigInt(endsAt - startsAt)]);
}
