/**
 * A believable company: a catalog, customers with subscriptions of every kind, and their history on a test clock, month by month, with
 * failed payments, refunds, disputes, changes and usage. Each call has an Idempotency-Key of its own, so a run that was interrupted
 * continues.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { Chance } from './chance';
import { createCompany, type Company } from './company';
import { everybodyOn, signUp } from './customers';
import { liveThrough } from './months';

/** The number of concurrent calls. */
const AT_ONCE = 8;

export interface SeedOptions {
  /** What chance depends on, and the name of each call. */
  seed: string;
  /** The test clock's name. */
  name: string;
  customers: number;
  months: number;
  /** Epoch seconds of the first month's beginning. */
  from: number;
}

/** One run: the Dunlin that is filled, and whom to tell. */
export interface Run extends SeedOptions {
  stripe: Stripe;
  /** Does a part of a month, and tells which: each month has three. */
  during: <T>(name: string, part: () => Promise<T>) => Promise<T>;
  /** Is called between two calls; throws if the run is to end. */
  between: () => void;
}

/** The test clock does not come as far as it was told to. Trying again does not help. */
export class ClockStopped extends Error {
  override name = 'ClockStopped';
}

/** A client that tries again after a lost answer. */
export function connectTo({ url, apiKey }: { url: string; apiKey: string }): Stripe {
  const { hostname, port, protocol, pathname } = new URL(url);
  if (pathname !== '/') throw new Error(`the URL of the API has a path: ${url}`);
  const isSecure = protocol === 'https:';
  const reached = { host: hostname, port: port === '' ? (isSecure ? '443' : '80') : port, protocol: isSecure ? 'https' : 'http' } as const;
  return new Stripe(apiKey, { ...reached, maxNetworkRetries: 5, timeout: 60_000, telemetry: false });
}

const keyIn =
  ({ seed }: SeedOptions) =>
  (name: string): Stripe.RequestOptions => ({ idempotencyKey: `seed/${seed}/${name}` });

/** Creates the catalog and the test clock. */
export async function openCompany(run: Omit<Run, 'between' | 'during'>): Promise<{ company: Company; clock: string }> {
  const { stripe, seed, name, from } = run;
  const key = keyIn(run);
  const company = await createCompany(stripe, seed, key);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: from, name }, key('clock'));
  return { company, clock: clock.id };
}

/** Lives through one month, 0 for the first: what customers do, who signs up, and the time that passes. */
export async function liveMonth(run: Run, { company, clock }: { company: Company; clock: string }, month: number): Promise<string> {
  const { stripe, during } = run;
  const of = { stripe, chance: new Chance(run.seed), company, key: keyIn(run), clock, month, now: addMonths(run.from, month) };
  const step = `${monthName(of.now)}, ${month + 1} of ${run.months}`;
  const arrivals = arrivalsOf(run, month);
  const before = arrivals[0] ?? arrivedBy(run, month);
  const everybody = (await everybodyOn(stripe, clock)).filter(({ index }) => index < before);
  const happened = await during(`${step}: what customers do`, () => inParallel(run, everybody, (who) => liveThrough(of, who)));
  await during(`${step}: ${arrivals.length} customers sign up`, () => inParallel(run, arrivals, (index) => signUp(of, index)));
  await during(`${step}: the month passes`, () => advance(run, clock, month));
  return `${step}: ${before + arrivals.length} customers. ${inWords(countsOf(happened))}`;
}

/** @returns how many subscriptions have which status at the end */
export async function seedCompany(run: Run, say: (line: string) => void): Promise<Record<string, number>> {
  const opened = await run.during('creating the catalog', () => openCompany(run));
  for (let month = 0; month < run.months; month += 1) say(await liveMonth(run, opened, month));
  const everybody = await everybodyOn(run.stripe, opened.clock);
  return countsOf(
    await inParallel(run, everybody, async ({ subscription }) => (await run.stripe.subscriptions.retrieve(subscription)).status),
  );
}

/** How many have signed up before a month. Half of all customers exist from the first month; the others arrive evenly. */
function arrivedBy({ customers, months }: SeedOptions, month: number): number {
  const first = Math.ceil(months === 1 ? customers : customers / 2);
  return month === 0 ? 0 : Math.round(first + ((customers - first) * (month - 1)) / Math.max(1, months - 1));
}

function arrivalsOf(of: SeedOptions, month: number): number[] {
  const [from, to] = [arrivedBy(of, month), arrivedBy(of, month + 1)];
  return Array.from({ length: to - from }, (_, index) => from + index);
}

async function advance(run: Run, clock: string, month: number): Promise<void> {
  const { testClocks } = run.stripe.testHelpers;
  const to = addMonths(run.from, month + 1);
  await testClocks.advance(clock, { frozen_time: to }, keyIn(run)(`advance/${month}`));
  for (;;) {
    run.between();
    const { status, frozen_time } = await testClocks.retrieve(clock);
    if (status === 'internal_failure') throw new ClockStopped(`the test clock ${clock} stopped: see GET /v1/held`);
    if (status === 'ready' && frozen_time < to)
      throw new ClockStopped(`somebody has stopped the test clock ${clock} before the month was over`);
    if (status === 'ready') return;
    await sleep(500);
  }
}

async function inParallel<T, R>({ between }: Pick<Run, 'between'>, things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...things.entries()];
  const take = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      between();
      results[next[0]] = await work(next[1]);
    }
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

/** Some months after a moment, at the beginning of its day, UTC. */
const addMonths = (from: number, months: number): number => {
  const day = new Date(from * 1000);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, day.getUTCDate()) / 1000;
};

const monthName = (at: number): string => new Date(at * 1000).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
