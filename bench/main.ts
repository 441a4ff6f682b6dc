/**
 * `npm run bench`: starts a throwaway Dunlin in a temporary folder, measures it part by part, and stops it. After each part it writes
 * `bench/results.json`, the tables of `docs/benchmarks.md` and those of the README, so that a run may be stopped. `-- --only costs,clock` measures these parts
 * and keeps the results of the others. `-- --quick` measures less of everything, and only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApi, type Api } from './api';
import { measureCosts } from './costs';
import { measureCounts } from './counts';
import { measureDocuments } from './documents';
import { measureDrain } from './drain';
import { measureFloor } from './floor';
import { measureFraud } from './fraud';
import { measureGrowth } from './growing';
import { measureBesideKillBill } from './kill-bill/compare';
import { measureLatency, measureOneClock, measureThroughput } from './load';
import { measureMetering, type MeteringSize } from './metering';
import { measureRequests } from './requests';
import { machine, type Results } from './results';
import { summaryOf, tablesOf, writeBetween } from './report';
import { measureTax } from './tax';
import { run, startStack, type MeasuredStack } from './stack';

interface Size extends MeteringSize {
  rounds: number;
  perRound: number;
  levels: number[];
  starts: number;
  months: number;
  requests: number;
  reads: number;
  onOneClock: number;
  /** With what warms up, fewer than one address may ask for in a minute. */
  documents: number;
  growth: number[];
  drained: number;
}

const WHOLE: Size = {
  rounds: 3,
  perRound: 60,
  levels: [1, 4, 16, 32],
  starts: 40,
  months: 3,
  requests: 200,
  reads: 4000,
  onOneClock: 1000,
  documents: 60,
  growth: [1_000, 10_000, 100_000],
  drained: 300,
  meterRequests: 2000,
  meterEvents: [10_000, 100_000, 1_000_000, 10_000_000],
  meteredCustomers: [10, 100, 1000],
};
const QUICK: Size = {
  rounds: 1,
  perRound: 30,
  levels: [1, 8],
  starts: 20,
  months: 2,
  requests: 50,
  reads: 500,
  onOneClock: 100,
  documents: 20,
  growth: [100, 1_000],
  drained: 60,
  meterRequests: 300,
  meterEvents: [10_000, 100_000],
  meteredCustomers: [10, 100],
};

type Measure = (api: Api, stack: MeasuredStack, size: Size) => Promise<Partial<Results>>;

/** In the order of their run. Each has a Dunlin of its own, except where the floor stands beside what it is the floor of. */
const PARTS: Record<string, Measure> = {
  counts: async (api, stack) => (stack.tap === null ? {} : { counts: await measureCounts(api, stack, stack.tap) }),
  costs: async (api, stack, size) => ({ costs: await measureCosts(api, stack, size), floor: await measureFloor(stack) }),
  requests: async (api, stack, size) => ({ requests: await measureRequests(api, stack, size.reads) }),
  latency: async (api, _stack, size) => ({ latency: await measureLatency(api, [1, 8], size.requests) }),
  throughput: async (api, stack, size) => ({ throughput: await measureThroughput(api, stack, size.levels, size) }),
  clock: async (api, stack, size) => ({ oneClock: await measureOneClock(api, stack, size.onOneClock) }),
  growth: async (api, stack, size) => ({ growth: await measureGrowth(api, stack, size.growth) }),
  tax: async (api, stack, size) => (stack.tap === null ? {} : { tax: await measureTax(api, stack, stack.tap, size) }),
  fraud: async (api, stack, size) => ({ fraud: await measureFraud(api, stack, size.requests) }),
  drain: async (api, stack, size) => ({ drain: await measureDrain(api, stack, size.drained) }),
  documents: async (api, stack, size) => ({ documents: await measureDocuments(api, stack, size.documents) }),
  usage: async (api, stack, size) => ({ metering: await measureMetering(api, stack, size) }),
  'kill-bill': async (api, stack, size) => ({ killBill: await measureBesideKillBill(api, stack, size) }),
};
const TAPPED = ['counts', 'growth', 'tax'];

const root = join(__dirname, '..');
const resultsFile = join(root, 'bench', 'results.json');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}: the parts are ${Object.keys(PARTS).join(', ')}`);
  const results = values.quick ? { measured: {} } : earlier();
  for (const [index, name] of names.entries()) {
    const begun = performance.now();
    process.stderr.write(`${String(index + 1)} of ${String(names.length)}: ${name} …\n`);
    await measure(name, values.quick ? QUICK : WHOLE, results);
    process.stderr.write(
      `${String(index + 1)} of ${String(names.length)}: ${name}, ${((performance.now() - begun) / 1000).toFixed(0)} s\n`,
    );
    if (!values.quick) write(results);
  }
  process.stdout.write(`${tablesOf(results)}\n`);
}

async function measure(name: string, size: Size, results: Results): Promise<void> {
  const stack = await startStack({ tapped: TAPPED.includes(name), env: { REQUESTS_PER_SECOND: '100000' } });
  const api = createApi(stack);
  try {
    Object.assign(results, await PARTS[name]?.(api, stack, size));
    results.measured[name] = { on: new Date().toISOString().slice(0, 10), machine: machine() };
  } finally {
    api.close();
    await stack.stop();
  }
}

const earlier = (): Results => JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;

function write(results: Results): void {
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writeBetween(join(root, 'docs', 'benchmarks.md'), 'bench', tablesOf(results));
  writeBetween(join(root, 'README.md'), 'bench', summaryOf(results));
}

run(main);
