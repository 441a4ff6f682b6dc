/**
 * `npm run bench:flame`: profiles the server and the worker while subscriptions start, and the worker while they renew on a test clock. Writes a flame
 * graph of each thread into `docs/images`, and whose code took the time into `docs/benchmarks.md`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApi } from '../api';
import { writeBetween } from '../report';
import { run, startStack, type MeasuredStack } from '../stack';
import { table } from '../table';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription } from '../workload';
import { foldProfile, sharesByOwner, type Frame } from './profile';
import { flameGraph } from './svg';

const SUBSCRIPTIONS = 200;
const AT_ONCE = 4;
const MONTH = 31 * 86_400;
const HOUR = 3600;
/** Owners with less than this share are one row. */
const LEAST_SHARE = 0.01;

const root = join(__dirname, '..', '..');

interface Thread {
  name: string;
  title: string;
  /** Whether this file holds its profile. */
  isProfile: (file: { phase: string; pid: number; thread: number; text: () => string }) => boolean;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-flame-'));
  try {
    writeFileSync(join(folder, 'phase'), '');
    const NODE_OPTIONS = `--require=${join(__dirname, 'profiler.cjs')}`;
    const stack = await startStack({ env: { NODE_OPTIONS, DUNLIN_FLAME: folder, REQUESTS_PER_SECOND: '100000' } });
    await work(stack, folder);
    await stack.stop();
    write(folder, threadsOf(stack.pids));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first month warms up. */
async function work(stack: MeasuredStack, folder: string): Promise<void> {
  const api = createApi(stack);
  try {
    const price = await createPrice(api);
    const now = Math.floor(Date.now() / 1000);
    const clock = await createClock(api, now);
    const start = (): Promise<unknown> => startSubscription(api, price, { clock });
    await sideBySide(SUBSCRIPTIONS / 2, AT_ONCE, start);
    await profiled(folder, 'starts', () => sideBySide(SUBSCRIPTIONS / 2, AT_ONCE, start));
    await advanceClock(api, stack.sql, clock, now + MONTH + 2 * HOUR);
    await profiled(folder, 'renewals', () => advanceClock(api, stack.sql, clock, now + 2 * MONTH + 2 * HOUR));
  } finally {
    api.close();
  }
}

async function profiled(folder: string, phase: string, work: () => Promise<unknown>): Promise<void> {
  await enter(folder, phase);
  await work();
  await enter(folder, '');
}

/** Each thread looks 20 times a second. */
async function enter(folder: string, phase: string): Promise<void> {
  writeFileSync(join(folder, 'phase'), phase);
  await sleep(2000);
}

function threadsOf(pids: MeasuredStack['pids']): Thread[] {
  const server: Thread = {
    ...{ name: 'server', title: 'The server, main thread, while subscriptions start' },
    isProfile: ({ phase, pid, thread }) => phase === 'starts' && pid === pids.server && thread === 0,
  };
  const ofWorker = (phase: 'starts' | 'renewals', during: string): Thread[] => [
    {
      ...{ name: `worker-${phase}`, title: `The worker, main thread, ${during}` },
      isProfile: (file) => file.phase === phase && file.pid === pids.worker && file.thread === 0,
    },
    {
      ...{ name: `workflows-${phase}`, title: `The worker, thread of the workflows, ${during}` },
      isProfile: (file) =>
        file.phase === phase && file.pid === pids.worker && file.thread !== 0 && file.text().includes('workflow-worker-thread'),
    },
  ];
  return [server, ...ofWorker('starts', 'while subscriptions start'), ...ofWorker('renewals', 'during renewals')];
}

function profileOf(folder: string, { title, isProfile }: Thread): string {
  const file = readdirSync(folder).find((name) => {
    const [phase = '', pid, thread] = name.split('.');
    return isProfile({ phase, pid: Number(pid), thread: Number(thread), text: () => readFileSync(join(folder, name), 'utf8') });
  });
  if (file === undefined) throw new Error(`no profile was written: ${title}`);
  return join(folder, file);
}

function write(folder: string, threads: Thread[]): void {
  const images = join(root, 'docs', 'images');
  mkdirSync(images, { recursive: true });
  const text = threads.map((thread) => {
    const { name, title } = thread;
    const { whole, idle } = foldProfile(profileOf(folder, thread), root);
    const busy = `${((whole.total / (whole.total + idle)) * 100).toFixed(0)} % of the time busy`;
    writeFileSync(join(images, `flame-${name}.svg`), flameGraph(whole, `${title}: ${busy}`));
    return [`#### ${title}`, '', `${busy}. ![flame graph](images/flame-${name}.svg)`, '', sharesTable(whole)].join('\n');
  });
  writeBetween(join(root, 'docs', 'benchmarks.md'), 'flame', text.join('\n\n'));
}

function sharesTable(whole: Frame): string {
  const shares = sharesByOwner(whole);
  const large = shares.filter(({ share }) => share >= LEAST_SHARE);
  const rest = 1 - large.reduce((sum, { share }) => sum + share, 0);
  const rows = [...large.map(({ owner, share }) => [owner, percent(share)]), ['others', percent(rest)]];
  return table(['whose code', 'share'], rows);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

run(main);
