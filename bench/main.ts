/**
 * `npm run bench`: starts a throwaway Dunlin in a temporary folder, measures it, stops it, and writes `bench/results.json` and the tables
 * of `docs/benchmarks.md`. Usage is measured separately, because it takes as long again: `-- --only usage`. Each of the two keeps the
 * other's results. `-- --quick` measures less of everything and only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi, type Api } from './api';
import { measureCosts } from './costs';
import { measureCounts } from './counts';
import { measureFloor } from './floor';
import { measureLatency, measureOneClock, measureThroughput } from './load';
import { measureMetering, type MeteringSize } from './metering';
import { machine, type Results } from './results';
import { tablesOf, writeTables } from './report';
import { run, startStack, type MeasuredStack } from './stack';

interface Size extends MeteringSize {
  rounds: number;
  perRound: number;
  levels: number[];
  starts: number;
  months: number;
  requests: number;
  onOneClock: number;
  /** Measurements that have not begun by then are skipped, and listed as skipped. */
  budgetSeconds: number;
}

const WHOLE: Size = {
  rounds: 5,
  perRound: 60,
  levels: [1, 2, 4, 8, 16, 32],
  starts: 40,
  months: 3,
  requests: 200,
  onOneClock: 1000,
  meterRequests: 2000,
  meterEvents: [10_000, 100_000, 1_000_000, 10_000_000],
  meteredCustomers: [10, 100, 1000],
  budgetSeconds: 12 * 60,
};
const QUICK: Size = {
  rounds: 1,
  perRound: 30,
  levels: [1, 8],
  starts: 20,
  months: 2,
  requests: 50,
  onOneClock: 100,
  meterRequests: 300,
  meterEvents: [10_000, 100_000],
  meteredCustomers: [10, 100],
  budgetSeconds: 2 * 60,
};

const root = join(__dirname, '..');

async function main(): Promise<void> {
  const quick = process.argv.includes('--quick');
  const size = quick ? QUICK : WHOLE;
  const results = process.argv.includes('--only') ? await measureUsage(size) : await measure(size, quick);
  process.stdout.write(`${tablesOf(results)}\n`);
  if (quick) return;
  writeFileSync(join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeTables(join(root, 'docs', 'benchmarks.md'), results);
}

async function measure(size: Size, quick: boolean): Promise<Results> {
  const begun = performance.now();
  const { metering } = earlier();
  const results: Results = { machine: machine(), leftOut: [], ...(metering && !quick ? { metering } : {}) };
  const part = async (name: string, work: () => Promise<void>): Promise<void> => {
    const seconds = (performance.now() - begun) / 1000;
    if (seconds > size.budgetSeconds) {
      results.leftOut.push(name);
      return;
    }
    process.stderr.write(`${seconds.toFixed(0)} s  ${name}\n`);
    await work();
  };
  await withStack(true, async (api, stack) => {
    await part('counts', async () => void (results.counts = stack.tap === null ? undefined : await measureCounts(api, stack, stack.tap)));
  });
  await withStack(false, async (api, stack) => {
    await part('CPU', async () => void (results.costs = await measureCosts(api, stack, size)));
    await part('floor', async () => void (results.floor = await measureFloor(stack)));
    await part('latency', async () => void (results.latency = await measureLatency(api, [1, 8], size.requests)));
    await part('throughput', async () => void (results.throughput = await measureThroughput(api, stack, size.levels, size)));
    await part('one clock', async () => void (results.oneClock = await measureOneClock(api, stack, size.onOneClock)));
    if (quick) await part('usage', async () => void (results.metering = await measureMetering(api, stack, size)));
  });
  return results;
}

const earlier = (): Results => JSON.parse(readFileSync(join(root, 'bench', 'results.json'), 'utf8')) as Results;

/** Merged into the results of an earlier run. */
async function measureUsage(size: Size): Promise<Results> {
  const results = earlier();
  await withStack(false, async (api, stack) => void (results.metering = await measureMetering(api, stack, size)));
  return results;
}

async function withStack(tapped: boolean, work: (api: Api, stack: MeasuredStack) => Promise<void>): Promise<void> {
  const stack = await startStack({ tapped });
  const api = createApi(stack);
  try {
    await work(api, stack);
  } finally {
    api.close();
    await stack.stop();
  }
}

run(main);
