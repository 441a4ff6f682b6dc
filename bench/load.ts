/** Throughput per second, latency of answers, and a thousand subscriptions on one clock. */
import { availableParallelism } from 'node:os';
import type { Api } from './api';
import { cpuOf, cpuPer, type CpuMs } from './cpu';
import type { MeasuredStack } from './stack';
import { advanceClock, createClock, createPrice, quantile, sideBySide, startSubscription, type Started } from './workload';

export interface Throughput {
  atOnce: number;
  startsPerSecond: number;
  renewalsPerSecond: number;
}

export interface Latency {
  request: string;
  atOnce: number;
  count: number;
  p50: number;
  p99: number;
}

export interface Thousand {
  subscriptions: number;
  startSeconds: number;
  advanceSeconds: number;
  paidInvoices: number;
  cpu: CpuMs;
  /** The share of all cores' CPU that the four processes used during the advance. */
  shareOfMachine: number;
}

const MONTH = 31 * 86_400;
const CORES = availableParallelism();

/** At each level `atOnce` customers, each on their own clock, so that exactly that many renewals run in parallel. */
export async function measureThroughput(
  api: Api,
  stack: MeasuredStack,
  levels: number[],
  of: { starts: number; months: number },
): Promise<Throughput[]> {
  const price = await createPrice(api);
  const results: Throughput[] = [];
  for (const atOnce of levels) {
    const starts = Math.max(of.starts, atOnce * 2);
    const startSeconds = await secondsOf(() => sideBySide(starts, atOnce, () => startSubscription(api, price)));
    const now = Math.floor(Date.now() / 1000);
    const clocks = await sideBySide(atOnce, 4, async () => {
      const clock = await createClock(api, now);
      await startSubscription(api, price, { clock });
      return clock;
    });
    const to = now + of.months * MONTH;
    const seconds = await secondsOf(() => Promise.all(clocks.map((clock) => advanceClock(api, stack.sql, clock, to))));
    const [row] = await stack.sql<{ count: number }[]>`
      select count(*) from invoices where test_clock in ${stack.sql(clocks)} and billing_reason = 'subscription_cycle' and status = 'paid'`;
    results.push({ atOnce, startsPerSecond: starts / startSeconds, renewalsPerSecond: Number(row?.count) / seconds });
  }
  return results;
}

export async function measureLatency(api: Api, levels: number[], count: number): Promise<Latency[]> {
  const price = await createPrice(api);
  const started = await sideBySide(40, 4, () => startSubscription(api, price));
  const one = (index: number): Started => started[index % started.length] as Started;
  const requests: Record<string, (index: number) => Promise<unknown>> = {
    'retrieve a subscription': (index) => api.get(`/v1/subscriptions/${one(index).subscription}`),
    'list a customer’s invoices': (index) => api.get(`/v1/invoices?customer=${one(index).customer}`),
    'create a customer': () => api.post('/v1/customers', { email: 'bench@example.com' }),
    'update a subscription': (index) => api.post(`/v1/subscriptions/${one(index).subscription}`, { 'metadata[n]': String(index) }),
  };
  const results: Latency[] = [];
  for (const atOnce of levels) {
    for (const [request, send] of Object.entries(requests)) {
      await sideBySide(10, atOnce, send);
      const times = await sideBySide(count, atOnce, (index) => millisecondsOf(() => send(index)));
      const sorted = times.sort((a, b) => a - b);
      results.push({ request, atOnce, count, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) });
    }
  }
  return results;
}

/** A month for all subscriptions on one clock, in one call. */
export async function measureOneClock(api: Api, stack: MeasuredStack, subscriptions: number): Promise<Thousand> {
  const price = await createPrice(api);
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  const startSeconds = await secondsOf(() => sideBySide(subscriptions, 8, () => startSubscription(api, price, { clock })));
  const before = cpuOf(stack.pids);
  const advanceSeconds = await advanceClock(api, stack.sql, clock, now + MONTH + 7200);
  const after = cpuOf(stack.pids);
  const [row] = await stack.sql<{ count: number }[]>`
    select count(*) from invoices where test_clock = ${clock} and billing_reason = 'subscription_cycle' and status = 'paid'`;
  const cpu = cpuPer(subscriptions, before, after);
  const shareOfMachine = (after.all - before.all) / (advanceSeconds * 1000 * CORES);
  return { subscriptions, startSeconds, advanceSeconds, paidInvoices: Number(row?.count), cpu, shareOfMachine };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  return (await millisecondsOf(work)) / 1000;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
