/** What a renewal takes as the tables grow: it must stay the same. */
import type { Api } from './api';
import { cpuOf, cpuPer, type CpuMs } from './cpu';
import type { MeasuredStack } from './stack';
import { Originals } from './table-copies';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription } from './workload';

export interface Growth {
  subscriptions: number;
  megabytes: number;
  /** SQL statements and round trips of one renewal, with the clock's own. */
  statements: number;
  roundTrips: number;
  cpu: CpuMs;
}

const SEEDS = 20;
const RENEWED = 60;
const MONTH = 31 * 86_400;
const HOUR = 3600;

/** @param sizes numbers of subscriptions, ascending */
export async function measureGrowth(api: Api, stack: MeasuredStack, sizes: number[]): Promise<Growth[]> {
  const price = await createPrice(api);
  await onClock(api, stack, price, SEEDS);
  const originals = await Originals.take(stack.administratorUrl);
  try {
    let copies = 0;
    const results: Growth[] = [];
    for (const size of sizes) {
      const wanted = Math.ceil(size / SEEDS);
      process.stderr.write(`  copying up to ${String(size)} subscriptions\n`);
      await originals.copy(copies + 1, wanted - copies);
      copies = wanted;
      // Every connection plans anew for tables that have grown.
      await onClock(api, stack, price, RENEWED);
      results.push(await measure(api, stack, price));
    }
    return results;
  } finally {
    await originals.close();
  }
}

async function measure(api: Api, stack: MeasuredStack, price: string): Promise<Growth> {
  const advance = await prepare(api, stack, price, RENEWED);
  const before = cpuOf(stack.pids);
  stack.tap?.take();
  await advance();
  const { statements, roundTrips } = stack.tap?.take() ?? { statements: NaN, roundTrips: NaN };
  const cpu = cpuPer(RENEWED, before, cpuOf(stack.pids));
  const [row] = await stack.sql<{ subscriptions: number; megabytes: number }[]>`
    select (select count(*) from subscriptions) as subscriptions, pg_database_size(current_database()) / 1048576 as megabytes`;
  return { ...(row ?? { subscriptions: NaN, megabytes: NaN }), statements: statements / RENEWED, roundTrips: roundTrips / RENEWED, cpu };
}

async function onClock(api: Api, stack: MeasuredStack, price: string, count: number): Promise<void> {
  await (
    await prepare(api, stack, price, count)
  )();
}

/** Subscriptions on a clock; the result renews them. */
async function prepare(api: Api, stack: MeasuredStack, price: string, count: number): Promise<() => Promise<number>> {
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  await sideBySide(count, 4, () => startSubscription(api, price, { clock }));
  return () => advanceClock(api, stack.sql, clock, now + MONTH + 2 * HOUR);
}
