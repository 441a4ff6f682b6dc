import type Stripe from 'stripe';
import { until } from './system';

export const HOUR = 3600;
export const DAY = 86_400;

/** Epoch seconds of an ISO date or instant, UTC. */
export const at = (iso: string): number => Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : iso) / 1000;
/** The other way round, for expectations that people can read. */
export const iso = (seconds: number | null | undefined): string | null =>
  typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z').replace('T00:00:00Z', '') : null;

/** An advance takes about as long: whoever asks sooner asks again. */
const SHORTEST_MS = 80;

/** A test clock of the account, and its time. */
export interface VirtualClock {
  id: string;
  /** Advances to this instant and waits until all that was due by then is done. */
  to(instant: number | string): Promise<void>;
  by(seconds: number): Promise<void>;
  now(): number;
}

export async function startClock(stripe: Stripe, from: number | string, timeoutMs = 90_000): Promise<VirtualClock> {
  let now = typeof from === 'string' ? at(from) : from;
  const { id } = await stripe.testHelpers.testClocks.create({ frozen_time: now });
  const to = async (instant: number | string): Promise<void> => {
    now = typeof instant === 'string' ? at(instant) : instant;
    await stripe.testHelpers.testClocks.advance(id, { frozen_time: now });
    const { status } = await until(async () => stillMoving(await stripe.testHelpers.testClocks.retrieve(id)), {
      ...{ timeoutMs, what: `clock ${id}` },
      afterMs: SHORTEST_MS,
    });
    if (status !== 'ready') throw new Error(`the clock is ${status}`);
  };
  return { id, to, by: (seconds) => to(now + seconds), now: () => now };
}

function stillMoving(clock: Stripe.TestHelpers.TestClock): Stripe.TestHelpers.TestClock | null {
  return clock.status === 'advancing' ? null : clock;
}
