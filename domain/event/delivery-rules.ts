/**
 * When an event is delivered to an endpoint, and when it is tried again. Real time, in milliseconds: the calendar of a test
 * clock is virtual, the receiver is not.
 *
 * Events with one order key (a subscription's) go one after another. One that fails holds back the later ones for an hour; then
 * they pass it, and it goes on alone until it is three days old.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second, … failed attempt; after the last of them it is this long each time. */
const RETRY_PAUSES_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR] as const;
/** How long a failing event holds back the later ones of its order key. */
export const HOLDS_BACK_MS = HOUR;
/** How long after its first attempt an event is still tried. */
export const TRIED_FOR_MS = 72 * HOUR;

export interface PendingDelivery {
  id: string;
  attempts: number;
  /** Null where it was never tried. */
  firstAttemptAt: number | null;
  nextAttemptAt: number;
}

/** What to do next for one order key: deliver this one; or look again at that time; or nothing is pending. */
export interface LaneStep {
  deliver: string | null;
  lookAgainAt: number | null;
}

/** @param pending all that is pending under the order key, in the order of the events */
export function nextInLane(pending: PendingDelivery[], nowMs: number): LaneStep {
  let lookAgainAt: number | null = null;
  for (const delivery of pending) {
    if (delivery.firstAttemptAt === null || delivery.nextAttemptAt <= nowMs) return { deliver: delivery.id, lookAgainAt: null };
    const passedAt = delivery.firstAttemptAt + HOLDS_BACK_MS;
    const holdsBack = passedAt > nowMs;
    const next = holdsBack ? Math.min(delivery.nextAttemptAt, passedAt) : delivery.nextAttemptAt;
    lookAgainAt = Math.min(lookAgainAt ?? next, next);
    if (holdsBack) break;
  }
  return { deliver: null, lookAgainAt };
}

/**
 * When to try again after an attempt that failed; null when it is given up.
 * @param attempts how many there were, this one included
 */
export function nextAttemptAfter(attempts: number, firstAttemptAtMs: number, nowMs: number): number | null {
  const pause = RETRY_PAUSES_MS[Math.min(attempts, RETRY_PAUSES_MS.length) - 1] ?? RETRY_PAUSES_MS[0];
  const next = nowMs + pause;
  return next > firstAttemptAtMs + TRIED_FOR_MS ? null : next;
}

/** Those that sign: the newest, and older ones until they expire. */
export function signingSecrets(secrets: { secret: string; expires_at: number | null }[], now: number): string[] {
  return secrets.filter(({ expires_at: expiresAt }) => expiresAt === null || expiresAt > now).map(({ secret }) => secret);
}

/** The secrets after a roll: the new one signs at once, the others for a while longer. */
export function rolledSecrets(
  secrets: { secret: string; expires_at: number | null }[],
  added: string,
  of: { now: number; expireIn: number },
): { secret: string; expires_at: number | null }[] {
  const expiresAt = of.now + of.expireIn;
  const older = secrets
    .map((each) => ({ secret: each.secret, expires_at: Math.min(each.expires_at ?? expiresAt, expiresAt) }))
    .filter((each) => each.expires_at > of.now);
  return [{ secret: added, expires_at: null }, ...older];
}
