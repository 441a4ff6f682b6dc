/**
 * A believable company: a catalog, customers with subscriptions of every kind, and their history on a test clock, month by month, with
 * failed payments, refunds, disputes, changes and usage. Each call has an Idempotency-Key of its own, so a run that was interrupted
 * continues.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import type { Progress } from '../../embedded/progress';
import { CommandFailed } from '../output';
import { Chance } from './chance';
import { createCompany, type Company } from './company';
import { signUp, type Seeded } from './customers';
import { liveThrough } from './months';

/** The number of concurrent calls. */
const AT_ONCE = 8;

export interface SeedOptions {
  seed: string;
  customers: number;
  months: number;
  /** Epoch seconds of the first month's beginning. */
  from: number;
}

/**
 * @param dunlin the one that runs on this machine
 * @returns how many subscriptions have which status at the end
 */
export async function seedCompany(
  dunlin: { url: string; apiKey: string } | null,
  options: SeedOptions,
  progress: Progress,
): Promise<Record<string, number>> {
  const stripe = connectTo(dunlin);
  const key = (name: string): Stripe.RequestOptions => ({ idempotencyKey: `seed/${options.seed}/${name}` });
  const company = await progress.during('creating the catalog', () => createCompany(stripe, options.seed, key));
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: options.from, name: `Seed ${options.seed}` }, key('clock'));
  const everybody = await liveTheMonths({ stripe, key, company, clock: clock.id, progress, ...options });
  return countsOf(await inParallel(everybody, async ({ subscription }) => (await stripe.subscriptions.retrieve(subscription)).status));
}

type Run = SeedOptions & {
  stripe: Stripe;
  key: (name: string) => Stripe.RequestOptions;
  company: Company;
  clock: string;
  progress: Progress;
};

async function liveTheMonths(run: Run): Promise<Seeded[]> {
  const { stripe, key, company, clock, months, progress } = run;
  const chance = new Chance(run.seed);
  const everybody: Seeded[] = [];
  for (let month = 0; month < months; month += 1) {
    const now = addMonths(run.from, month);
    const step = `${monthName(now)}, ${month + 1} of ${months}`;
    const happened = await progress.during(`${step}: what customers do`, () =>
      inParallel([...everybody.entries()], ([index, who]) => liveThrough({ stripe, chance, company, key, month, now }, who, index)),
    );
    const arrivals = arrivalsOf(run, month);
    const joined = await progress.during(`${step}: ${arrivals.length} customers sign up`, () =>
      inParallel(arrivals, (index) => signUp({ stripe, chance, company, clock, key, month }, index)),
    );
    everybody.push(...joined);
    await progress.during(`${step}: the month passes`, () => advance(run, addMonths(run.from, month + 1), month));
    progress.say(`${step}: ${everybody.length} customers. ${inWords(countsOf(happened))}`);
  }
  return everybody;
}

/** Half of all customers exist from the first month; the others arrive evenly. */
function arrivalsOf({ customers, months }: SeedOptions, month: number): number[] {
  const first = Math.ceil(months === 1 ? customers : customers / 2);
  const until = (count: number): number =>
    count === 0 ? 0 : Math.round(first + ((customers - first) * (count - 1)) / Math.max(1, months - 1));
  const [from, to] = [until(month), until(month + 1)];
  return Array.from({ length: to - from }, (_, index) => from + index);
}

async function advance({ stripe, clock, key }: Run, to: number, month: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to }, key(`advance/${month}`));
  for (;;) {
    const { status } = await stripe.testHelpers.testClocks.retrieve(clock);
    if (status === 'ready') return;
    if (status === 'internal_failure') throw new Error(`the test clock ${clock} stopped: see GET /v1/held`);
    await sleep(500);
  }
}

async function inParallel<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...things.entries()];
  const take = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return results;
}

function countsOf(happened: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const what of happened) if (what !== null) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
}

const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');

function connectTo(dunlin: { url: string; apiKey: string } | null): Stripe {
  if (dunlin === null) throw new CommandFailed('run `npx dunlin start` first: the seed needs a Dunlin that is running on this machine');
  const { hostname, port } = new URL(dunlin.url);
  return new Stripe(dunlin.apiKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 5, timeout: 60_000, telemetry: false });
}

const addMonths = (from: number, months: number): number => {
  const day = new Date(from * 1000);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, day.getUTCDate()) / 1000;
};

const monthName = (at: number): string => new Date(at * 1000).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
