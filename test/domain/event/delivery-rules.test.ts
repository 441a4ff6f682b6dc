import fc from 'fast-check';
import {
  HOLDS_BACK_MS,
  nextAttemptAfter,
  nextInLane,
  rolledSecrets,
  signingSecrets,
  TRIED_FOR_MS,
  type PendingDelivery,
} from '../../../domain/event/delivery-rules';

const HOUR = 3_600_000;
const now = 1_000_000_000_000;

const untried = (id: string): PendingDelivery => ({ id, attempts: 0, firstAttemptAt: null, nextAttemptAt: now });
const failing = (id: string, since: number, next: number): PendingDelivery => ({
  id,
  attempts: 1,
  firstAttemptAt: since,
  nextAttemptAt: next,
});

test('the oldest untried event goes first', () => {
  expect(nextInLane([untried('a'), untried('b')], now).deliver).toBe('a');
});

test('an event that fails holds back the later ones for an hour', () => {
  const step = nextInLane([failing('a', now - 1_000, now + 4_000), untried('b')], now);
  expect(step).toEqual({ deliver: null, lookAgainAt: now + 4_000 });
});

test('after its hour the later ones overtake it, and it is retried alone', () => {
  const old = failing('a', now - HOLDS_BACK_MS, now + 2 * HOUR);
  expect(nextInLane([old, untried('b')], now).deliver).toBe('b');
  expect(nextInLane([old], now)).toEqual({ deliver: null, lookAgainAt: now + 2 * HOUR });
  expect(nextInLane([old, untried('b')], now + 2 * HOUR).deliver).toBe('a');
});

test('a lane with a long pause is checked again when the hour is over', () => {
  expect(nextInLane([failing('a', now, now + 2 * HOUR), untried('b')], now).lookAgainAt).toBe(now + HOLDS_BACK_MS);
});

test('nothing pending is nothing to do', () => {
  expect(nextInLane([], now)).toEqual({ deliver: null, lookAgainAt: null });
});

test('a failing event is retried less and less often, and no more three days after its first attempt', () => {
  const pauses: number[] = [];
  let at: number | null = now;
  for (let attempts = 1; at !== null; attempts += 1) {
    const next = nextAttemptAfter(attempts, now, at);
    if (next !== null) pauses.push(next - at);
    at = next;
  }
  expect(pauses.slice(0, 7)).toEqual([5_000, 30_000, 120_000, 600_000, 1_800_000, HOUR, 4 * HOUR]);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(TRIED_FOR_MS);
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(TRIED_FOR_MS - 4 * HOUR);
});

test('a lane that delivers nothing returns when to check again, never in the past', () => {
  const anyDelivery = fc.record({
    id: fc.uuid(),
    attempts: fc.nat(20),
    firstAttemptAt: fc.option(fc.integer({ min: now - TRIED_FOR_MS, max: now })),
    nextAttemptAt: fc.integer({ min: now - HOUR, max: now + 4 * HOUR }),
  });
  fc.assert(
    fc.property(fc.array(anyDelivery, { minLength: 1 }), (pending) => {
      const { deliver, lookAgainAt } = nextInLane(pending, now);
      if (deliver === null) expect(lookAgainAt).toBeGreaterThan(now);
      else expect(lookAgainAt).toBeNull();
    }),
  );
});

test('a rolled secret also signs until it expires', () => {
  const rolled = rolledSecrets([{ secret: 'old', expires_at: null }], 'new', { now: 100, expireIn: 50 });
  expect(signingSecrets(rolled, 149)).toEqual(['new', 'old']);
  expect(signingSecrets(rolled, 150)).toEqual(['new']);
});

test('a second roll does not prolong an older secret; without a grace period no older secret stays', () => {
  const twice = rolledSecrets(
    [
      { secret: 'b', expires_at: null },
      { secret: 'a', expires_at: 120 },
    ],
    'c',
    { now: 100, expireIn: 50 },
  );
  expect(twice).toEqual([
    { secret: 'c', expires_at: null },
    { secret: 'b', expires_at: 150 },
    { secret: 'a', expires_at: 120 },
  ]);
  expect(rolledSecrets(twice, 'd', { now: 100, expireIn: 0 })).toEqual([{ secret: 'd', expires_at: null }]);
});
