/**
 * `npm run bench:scale [-- --subscriptions 10000 --rounds renewals,new-workers,kills]`: two servers and two workers on a Temporal server with
 * Postgres. It starts the subscriptions and renews them once in each round: as they are, by new workers that have none of them in memory,
 * and while one worker and one server are killed. Then it checks the books. Prints Markdown.
 */
import { parseArgs } from 'node:util';
import { connect } from '../../db/connect';
import type { Api } from '../api';
import { table } from '../table';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription } from '../workload';
import { wrongInBooks } from './books';
import { createCarefulApi } from './client';
import { cpuOfPlant, PART_NAMES, perUnit, type PartMs } from './cpu';
import { killOne, withPlant, type Plant, type PlantSize } from './plant';

interface Phase {
  name: string;
  seconds: number;
  /** Null if processes were killed in it. */
  cpu: PartMs | null;
}

const ROUNDS = ['renewals', 'new-workers', 'kills'] as const;
type Round = (typeof ROUNDS)[number];

const PLANT: PlantSize = { servers: 2, workers: 2, shards: 16, pool: 10 };
const PER_CLOCK = 250;
const CLOCKS_AT_ONCE = 4;
const AT_ONCE = 16;
const MONTH = 31 * 86_400;
const HOUR = 3600;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { subscriptions: { type: 'string', default: '10000' }, rounds: { type: 'string', default: ROUNDS.join(',') } },
  });
  const count = Number(values.subscriptions);
  if (!Number.isInteger(count) || count < 1) throw new Error('--subscriptions must be a number from 1');
  const asked = values.rounds.split(',');
  const unknown = asked.filter((name) => !(ROUNDS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`--rounds knows ${ROUNDS.join(', ')}, not ${unknown.join(', ')}`);
  const rounds = ROUNDS.filter((name) => asked.includes(name));
  await withPlant(PLANT, async (plant) => {
    const api = createCarefulApi(plant.urls, plant.apiKey);
    try {
      process.stdout.write(`${await measure(api, plant, count, rounds)}\n`);
    } finally {
      api.close();
    }
  });
}

async function measure(api: Api, plant: Plant, count: number, rounds: Round[]): Promise<string> {
  const { sql } = plant;
  const price = await createPrice(api);
  const now = Math.floor(Date.now() / 1000);
  const clocks = await sideBySide(Math.ceil(count / PER_CLOCK), 4, () => createClock(api, now));
  const before = await sizesOf(plant);
  const phases: Phase[] = [];
  const phase = async <T>(name: string, undisturbed: boolean, work: () => Promise<T>): Promise<T> => {
    process.stderr.write(`${name} …\n`);
    const [cpuBefore, begun] = [cpuOfPlant(plant), performance.now()];
    const result = await work();
    const seconds = (performance.now() - begun) / 1000;
    process.stderr.write(`${name}: ${seconds.toFixed(0)} s\n`);
    phases.push({ name, seconds, cpu: undisturbed ? perUnit(count, cpuBefore, cpuOfPlant(plant)) : null });
    return result;
  };
  const started = await phase('starts', true, () =>
    sideBySide(count, AT_ONCE, (index) => startSubscription(api, price, { clock: clocks[index % clocks.length] ?? '' })),
  );
  for (const [index, round] of rounds.entries()) {
    const renew = () => {
      const to = now + (index + 1) * MONTH + 2 * HOUR;
      return sideBySide(clocks.length, CLOCKS_AT_ONCE, (clock) => advanceClock(api, sql, clocks[clock] ?? '', to));
    };
    if (round === 'new-workers') await plant.replaceWorkers();
    if (round === 'kills') await phase('renewals with kills', false, () => Promise.all([renew(), killInTheMiddle(plant, count, index)]));
    else await phase(round === 'renewals' ? 'renewals' : 'renewals by new workers', true, renew);
  }
  const wrong = await wrongInBooks(sql, { subscriptions: started.map(({ subscription }) => subscription), invoices: 1 + rounds.length });
  return [phasesTable(count, phases), sizesTable(count, before, await sizesOf(plant)), booksText(wrong, 1 + rounds.length)].join('\n\n');
}

/** A worker when a third of the round's renewals are paid, a server when two thirds are. */
async function killInTheMiddle({ sql, workers, servers }: Plant, count: number, roundsBefore: number): Promise<void> {
  const paid = async (): Promise<number> => {
    const [row] = await sql<{ paid: number }[]>`
      select count(*) as paid from invoices where status = 'paid' and billing_reason = 'subscription_cycle'`;
    return Number(row?.paid) - roundsBefore * count;
  };
  for (const [share, supervisors] of [[1 / 3, workers] as const, [2 / 3, servers] as const]) {
    while ((await paid()) < count * share) await new Promise((resolve) => setTimeout(resolve, 200));
    killOne(supervisors);
  }
}

function phasesTable(count: number, phases: Phase[]): string {
  const rows = phases.map(({ name, seconds, cpu }) => [
    ...[`${count.toLocaleString('en-US')} ${name}`, seconds.toFixed(0), (count / seconds).toFixed(1)],
    ...(cpu === null ? [...PART_NAMES.map(() => ''), ''] : [...PART_NAMES.map((part) => cpu[part].toFixed(1)), total(cpu).toFixed(1)]),
  ]);
  return table(['', 'seconds', 'per second', ...PART_NAMES.map((name) => `CPU ms: ${name}`), 'together'], rows);
}

const total = (cpu: PartMs): number => Object.values(cpu).reduce((sum, ms) => sum + ms, 0);

interface Sizes {
  bytes: number;
  connections: number;
}

async function sizesOf({ sql, temporal }: Plant): Promise<{ dunlin: Sizes; temporal: Sizes }> {
  const admin = connect(temporal.databaseUrl, { max: 1, name: 'dunlin-bench' });
  try {
    const [dunlin] = await sql<Sizes[]>`
      select pg_database_size(current_database()) as bytes, (select count(*) from pg_stat_activity where datname = current_database()) as connections`;
    const [theirs] = await admin<Sizes[]>`
      select (pg_database_size('temporal') + pg_database_size('temporal_visibility'))::bigint as bytes,
        (select count(*) from pg_stat_activity where datname like 'temporal%') as connections`;
    if (!dunlin || !theirs) throw new Error('sizes are one row');
    return { dunlin, temporal: theirs };
  } finally {
    await admin.end({ timeout: 2 });
  }
}

/** How much the databases have grown, and their connections at the end. */
function sizesTable(count: number, before: Awaited<ReturnType<typeof sizesOf>>, after: Awaited<ReturnType<typeof sizesOf>>): string {
  const row = (name: string, from: Sizes, to: Sizes): string[] => {
    const grown = to.bytes - from.bytes;
    return [name, (grown / 2 ** 20).toFixed(0), (grown / 1024 / count).toFixed(1), String(to.connections)];
  };
  return table(
    ['grown by', 'MB', 'KB per subscription', 'connections'],
    [row("Dunlin's Postgres", before.dunlin, after.dunlin), row("Temporal's Postgres", before.temporal, after.temporal)],
  );
}

function booksText(wrong: string[], invoices: number): string {
  if (wrong.length === 0)
    return `The books are right: each subscription has ${String(invoices)} paid invoices, each was charged once, the ledger is balanced.`;
  process.exitCode = 1;
  return `The books are wrong: ${wrong.join('; ')}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
