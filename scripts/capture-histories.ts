/**
 * `npm run capture-histories [-- <lifecycle> …]`: starts a throwaway Dunlin, runs the scenarios of lifecycles.ts, and saves the workflow
 * histories in test/replay/histories. Run it when workflows can take a new path. Old histories stay as long as an installation may run such
 * workflows.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import Stripe from 'stripe';
import { startStack, type MeasuredStack } from '../bench/stack';
import { lifecycles, type Captured } from './lifecycles';
import { moving } from './moving-lifecycles';
import { outageLifecycles, type LifecycleInWorld, type World } from './outage-lifecycles';
import { requestLifecycles } from './request-lifecycles';
import { startMailSink } from './mail-sink';
import { startStripeTax } from './stripe-tax';
import { startProxyTo, type TcpProxy } from './tcp-proxy';

const root = join(__dirname, '..');
const histories = join(root, 'test', 'replay', 'histories');

async function main(wanted: string[]): Promise<void> {
  let database: TcpProxy | null = null;
  const between = async (url: string) => {
    const way = await startProxyTo(url);
    database = way;
    return way;
  };
  const tax = await startStripeTax();
  const mail = await startMailSink();
  const source = wanted.length === 0 || wanted.includes('moving') ? await startStack() : null;
  const stack = await startStack({
    between,
    env: {
      ...{ STRIPE_TAX_TEST_KEY: 'sk_test_tax', STRIPE_TAX_URL: tax.url, SMTP_URL: mail.url },
      ...(source ? { STRIPE_TEST_KEY: source.apiKey, STRIPE_URL: source.url } : {}),
    },
  });
  try {
    const connection = await Connection.connect({ address: stack.temporalAddress });
    await captureAll(
      stack,
      { database: database as unknown as TcpProxy, tax, mail },
      { temporal: new Client({ connection }), wanted, source },
    );
    await connection.close();
  } finally {
    await stack.stop();
    await source?.stop();
    await tax.stop();
    await mail.close();
  }
}

async function captureAll(
  stack: MeasuredStack,
  around: Omit<World, 'sql' | 'url'>,
  { temporal, wanted, source }: { temporal: Client; wanted: string[]; source: MeasuredStack | null },
): Promise<void> {
  const { hostname: host, port } = new URL(stack.url);
  const stripe = new Stripe(stack.apiKey, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const world: World = { ...around, sql: stack.sql, url: stack.url };
  const all: Record<string, LifecycleInWorld> = {
    endpoint: liveOfAnEndpoint,
    ...lifecycles,
    ...requestLifecycles,
    ...outageLifecycles,
    ...(source ? { moving: (target) => moving(target, source) } : {}),
  };
  const chosen = Object.entries(all).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  for (const [name, live] of chosen) {
    try {
      await store(temporal, await live(stripe, world));
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    }
  }
}

/** An endpoint that answers, fails once, gets a repeated delivery, and is deleted. */
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

/** Run ids of a workflow, oldest first. A search shows new runs a moment later. */
async function runsOf(temporal: Client, workflowId: string): Promise<string[]> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const runs: { runId: string; startTime: Date }[] = [];
    for await (const each of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(each);
    if (runs.length > 0) return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime()).map(({ runId }) => runId);
    await sleep(200);
  }
  throw new Error(`there is no workflow ${workflowId}`);
}

/** Replay does not need the machine: process, host and folders are left out. */
function anonymous(key: string, value: unknown): unknown {
  if (key === 'identity') return 'worker';
  if (key === 'stackTrace') return '';
  return typeof value === 'string' ? value.replaceAll(root, '').replace(/^\d+@.+$/, 'worker') : value;
}

void main(process.argv.slice(2));
