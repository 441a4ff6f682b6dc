/**
 * `npm run capture-histories [-- <lifecycle> …]`: starts a Dunlin of its own, lives the lives of lifecycles.ts, and keeps what they
 * left in Temporal in test/replay/histories. To be run when workflows can do something new; old histories stay as long as
 * workflows of theirs may run somewhere.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import Stripe from 'stripe';
import { childEnvironment } from '../config';
import type { DevFile } from '../embedded/data-folder';
import { lifecycles, type Captured } from './lifecycles';

const root = join(__dirname, '..');
const histories = join(root, 'test', 'replay', 'histories');
const START_MS = 300_000;

async function main(wanted: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-histories-'));
  // Postgres may run as another user than the one who owns the folder.
  chmodSync(folder, 0o711);
  const child = start(folder);
  try {
    const dev = await ready(child, folder);
    const connection = await Connection.connect({ address: dev.temporalAddress });
    await captureAll(dev, new Client({ connection }), wanted);
    await connection.close();
  } finally {
    await stop(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function captureAll(dev: DevFile, temporal: Client, wanted: string[]): Promise<void> {
  const { hostname: host, port } = new URL(dev.url);
  const stripe = new Stripe(dev.apiKey, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const chosen = Object.entries({ endpoint: liveOfAnEndpoint, ...lifecycles }).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  );
  for (const [name, live] of chosen) {
    try {
      await store(temporal, await live(stripe));
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
}

/** An endpoint that answers, fails once, is told again, and is deleted. */
async function liveOfAnEndpoint(stripe: Stripe): Promise<Captured> {
  let calls = 0;
  const receiver = createServer((request, response) => {
    request.resume();
    calls += 1;
    response.writeHead(calls === 2 ? 500 : 200).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const endpoint = await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}/`, enabled_events: ['product.created'] });
  for (const name of ['one', 'two', 'three']) {
    await stripe.products.create({ name });
    await sleep(1_500);
  }
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await sleep(1_500);
  await stripe.webhookEndpoints.del(endpoint.id);
  await sleep(1_500);
  receiver.close();
  return { 'webhook-endpoint/delivered-and-deleted': { workflowId: `webhook-endpoint/${endpoint.id}` } };
}

async function store(temporal: Client, captured: Captured): Promise<void> {
  for (const [name, { workflowId, run = 'last' }] of Object.entries(captured)) {
    const runs = await runsOf(temporal, workflowId);
    const handle = temporal.workflow.getHandle(workflowId, run === 'first' ? runs[0] : runs.at(-1));
    const history = JSON.parse(historyToJSON(await handle.fetchHistory())) as { events: unknown[] };
    const file = join(histories, `${name}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(history, anonymous, 1)}\n`);
    process.stdout.write(`${name}: ${history.events.length} events, ${run} of ${runs.length} runs\n`);
  }
}

/** Run ids of a workflow, oldest first. A search sees what is new a moment later. */
async function runsOf(temporal: Client, workflowId: string): Promise<string[]> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const runs: { runId: string; startTime: Date }[] = [];
    for await (const each of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(each);
    if (runs.length > 0) return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime()).map(({ runId }) => runId);
    await sleep(200);
  }
  throw new Error(`there is no workflow ${workflowId}`);
}

/** Replay needs neither who worked nor where: process, host and folders are left out. */
function anonymous(key: string, value: unknown): unknown {
  if (key === 'identity') return 'worker';
  if (key === 'stackTrace') return '';
  return typeof value === 'string' ? value.replaceAll(root, '').replace(/^\d+@.+$/, 'worker') : value;
}

function start(folder: string): ChildProcess {
  const env = childEnvironment({ PORT: '0', DUNLIN_DATA: folder, DATABASE_URL: '', TEMPORAL_ADDRESS: '' });
  const child = spawn(process.execPath, ['--enable-source-maps', '--import', 'tsx', join(root, 'embedded', 'main.ts')], {
    cwd: root,
    env,
    stdio: 'pipe',
  });
  child.stdout.resume();
  child.stderr.pipe(process.stderr);
  return child;
}

async function ready(child: ChildProcess, folder: string): Promise<DevFile> {
  const file = join(folder, 'dev.json');
  for (const deadline = Date.now() + START_MS; !existsSync(file);) {
    if (child.exitCode !== null) throw new Error(`Dunlin ended with code ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error('Dunlin did not start');
    await sleep(200);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DevFile;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

void main(process.argv.slice(2));
