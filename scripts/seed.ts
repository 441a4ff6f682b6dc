/**
 * `npm run seed`: fills the running Dunlin with a believable company: a catalog, 200 customers with subscriptions of every kind, and a
 * year of history on a test clock, month by month, with failed payments, refunds, disputes, changes and usage.
 *
 *   npm run seed -- --customers 50 --months 6 --seed larch --from 2025-12-01
 *
 * The same seed makes the same company. Each call has an Idempotency-Key of its own, so a run that was interrupted continues.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Stripe from 'stripe';
import { loadConfig } from '../config';
import { lineOn, linesTo } from '../embedded/progress';
import { Chance } from './seed/chance';
import { createCompany, type Company } from './seed/company';
import { signUp, type Seeded } from './seed/customers';
import { liveThrough } from './seed/months';

/** The number of concurrent calls. */
const AT_ONCE = 8;

const progress = process.stdout.isTTY ? lineOn(process.stdout) : linesTo((line) => process.stdout.write(`${line}\n`));

interface Options {
  seed: string;
  customers: number;
  months: number;
  /** Epoch seconds of the first month's beginning. */
  from: number;
}

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  const stripe = connectTo();
  const key = (name: string): Stripe.RequestOptions => ({ idempotencyKey: `seed/${options.seed}/${name}` });
  const company = await progress.during('creating the catalog', () => createCompany(stripe, options.seed, key));
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: options.from, name: `Seed ${options.seed}` }, key('clock'));
  const everybody = await liveTheMonths({ stripe, key, company, clock: clock.id, ...options });
  await report(stripe, everybody);
}

type Run = Options & { stripe: Stripe; key: (name: string) => Stripe.RequestOptions; company: Company; clock: string };

async function liveTheMonths(run: Run): Promise<Seeded[]> {
  const { stripe, key, company, clock, months } = run;
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
    progress.say(`${step}: ${everybody.length} customers. ${countsOf(happened)}`);
  }
  return everybody;
}

/** Half of all customers exist from the first month; the others arrive evenly. */
function arrivalsOf({ customers, months }: Options, month: number): number[] {
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

function countsOf(happened: readonly (string | null)[]): string {
  const counts = new Map<string, number>();
  for (const what of happened) if (what !== null) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${what} ${count}`).join(', ');
}

async function report(stripe: Stripe, everybody: readonly Seeded[]): Promise<void> {
  const statuses = await inParallel(everybody, async ({ subscription }) => (await stripe.subscriptions.retrieve(subscription)).status);
  progress.say(`Done: ${everybody.length} customers. Subscriptions: ${countsOf(statuses)}.`);
}

function connectTo(): Stripe {
  try {
    const { url, apiKey } = JSON.parse(readFileSync(join(loadConfig().dataFolder, 'dev.json'), 'utf8')) as { url: string; apiKey: string };
    const { hostname, port } = new URL(url);
    return new Stripe(apiKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 5, timeout: 60_000, telemetry: false });
  } catch {
    throw new Error('Run `npm start` first: the seed needs a Dunlin that is running on this machine.');
  }
}

function optionsOf(args: string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { seed: text, customers: text, months: text, from: text } });
  const number = (name: 'customers' | 'months', fallback: number, most: number): number => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`--${name} is a whole number from 1 to ${most}`);
    return value;
  };
  const from = values.from === undefined ? aYearAgo() : Date.parse(`${values.from}T00:00:00Z`) / 1000;
  if (Number.isNaN(from)) throw new Error('--from is a day: 2025-12-01');
  const seed = values.seed ?? 'larkspur';
  if (!/^[a-z0-9_]{1,30}$/.test(seed)) throw new Error('--seed is a word of lower-case letters, digits and underscores');
  return { seed, customers: number('customers', 200, 10_000), months: number('months', 12, 60), from };
}

/** The first of this month, a year ago, UTC. */
function aYearAgo(): number {
  const today = new Date(Date.now());
  return Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), 1) / 1000;
}

const addMonths = (from: number, months: number): number => {
  const day = new Date(from * 1000);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, day.getUTCDate()) / 1000;
};

const monthName = (at: number): string => new Date(at * 1000).toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
