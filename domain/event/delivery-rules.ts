/**
 * When an event is delivered to an endpoint, and when it is retried. Real time, in milliseconds: a test clock's time is virtual, but the
 * receiver is real.
 *
 * Events with one order key (of one subscription) are delivered one after another. A failing event holds back the later ones for an hour.
 * Then they pass it, and it is retried alone until it is three days old.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second, … failed attempt; the last one repeats. */
const RETRY_PAUSES_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR] as const;
/** How long a failing event holds back the later ones of its order key. Milliseconds. */
export const HOLDS_BACK_MS = HOUR;
/** How long after its first attempt an event is still retried. Milliseconds. */
export const TRIED_FOR_MS = 72 * HOUR;

export interface PendingDelivery {
  id: string;
  attempts: number;
  /** Null if it was never tried. */
  firstAttemptAt: number | null;
  nextAttemptAt: number;
}

/** The next action for one order key: deliver this event, or check again at that time, or nothing if both are null. */
export interface LaneStep {
  deliver: string | null;
  lookAgainAt: number | null;
}

/** @param pending all pending deliveries of the order key, in the order of the events */
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
 * When to retry after a failed attempt; null to give up. Milliseconds.
 *
 * @param attempts the number of attempts so far, including this one
 */
export function nextAttemptAfter(attempts: number, firstAttemptAtMs: number, nowMs: number): number | null {
  const pause = RETRY_PAUSES_MS[Math.min(attempts, RETRY_PAUSES_MS.length) - 1] ?? RETRY_PAUSES_MS[0];
  const next = nowMs + pause;
  return next > firstAttemptAtMs + TRIED_FOR_MS ? null : next;
}

/** The secrets that sign now: the newest, and older ones until they expire. */
export function signingSecrets(secrets: { secret: string; expires_at: number | null }[], now: number): string[] {
  return secrets.filter(({ expires_at: expiresAt }) => expiresAt === null || expiresAt > now).map(({ secret }) => secret);
}

/** The secrets after a roll: the new one signs at once, the others for some more time. */
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
