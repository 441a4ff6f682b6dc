/** Reads and usage records: their rate and their CPU, eight at once, beside bare Express that answers the same. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from '../config';
import { createApi, type Api } from './api';
import { cpuOf, cpuPer, NO_PROCESSES, type CpuMs } from './cpu';
import type { HttpAnswers } from './floor/http';
import type { MeasuredStack } from './stack';
import { createPrice, sideBySide, startSubscription } from './workload';

export interface Requests extends Rate {
  request: 'read of a customer' | 'check of a metered limit' | 'usage record';
  count: number;
  /** Bare Express. */
  floor: { perSecond: number; cpuMs: number };
}

const AT_ONCE = 8;
const CUSTOMERS = 20;
const METER = { display_name: 'Requests', event_name: 'bench_requests', 'default_aggregation[formula]': 'sum' };

type Send = (api: Api, index: number) => Promise<unknown>;

/** Reads of customers with a subscription, checks of what they may use, and usage records of theirs. */
export async function requestsOf(api: Api): Promise<{ read: Send; check: Send; record: Send }> {
  const price = await createPrice(api);
  const { id: meter } = await api.post('/v1/billing/meters', METER);
  const { id: feature } = await api.post('/v1/entitlements/features', { lookup_key: METER.event_name, name: 'Requests' });
  const { product } = await api.get(`/v1/prices/${price}`);
  const limit = { entitlement_feature: feature, 'usage_limit[amount]': '1000000', 'usage_limit[meter]': meter };
  await api.post(`/v1/products/${String(product)}/features`, limit);
  const started = await sideBySide(CUSTOMERS, 4, () => startSubscription(api, price));
  const customer = (index: number): string => started[index % CUSTOMERS]?.customer ?? '';
  return {
    read: (to, index) => to.get(`/v1/customers/${customer(index)}`),
    check: (to, index) => to.get(`/v1/entitlements/check?customer=${customer(index)}&feature=${METER.event_name}`),
    record: (to, index) =>
      to.post('/v1/billing/meter_events', {
        ...{ event_name: METER.event_name, 'payload[stripe_customer_id]': customer(index), 'payload[value]': String(index % 100) },
      }),
  };
}

export async function measureRequests(api: Api, stack: MeasuredStack, count: number): Promise<Requests[]> {
  const { read, check, record } = await requestsOf(api);
  const answers = {
    read: JSON.stringify(await read(api, 0)),
    check: JSON.stringify(await check(api, 0)),
    record: JSON.stringify(await record(api, 0)),
  };
  return withBareExpress(answers, async (bare) => {
    const results: Requests[] = [];
    for (const [request, send] of [
      ['read of a customer', read],
      ['check of a metered limit', check],
      ['usage record', record],
    ] as const) {
      const measured = await rateAtEight(count, stack.pids, (index) => send(api, index));
      const floor = await rateAtEight(count, { ...NO_PROCESSES, server: bare.pid }, (index) => send(bare.api, index));
      results.push({ request, count, ...measured, floor: { perSecond: floor.perSecond, cpuMs: floor.cpu.server } });
    }
    return results;
  });
}

export interface Rate {
  perSecond: number;
  /** Of a hundred requests, 99 were answered within this time. Milliseconds. */
  p99Ms?: number;
  cpu: CpuMs;
}

/** Sends half of it before the measurement, so that the hot code is compiled and the statements are planned. */
export async function rateAtEight(count: number, pids: MeasuredStack['pids'], send: (index: number) => Promise<unknown>): Promise<Rate> {
  await sideBySide(Math.ceil(count / 2), AT_ONCE, send);
  const [before, begun] = [cpuOf(pids), performance.now()];
  const took: number[] = [];
  await sideBySide(count, AT_ONCE, async (index) => {
    const sent = performance.now();
    await send(index);
    took.push(performance.now() - sent);
  });
  const seconds = (performance.now() - begun) / 1000;
  const p99Ms = took.sort((a, b) => a - b)[Math.ceil(count * 0.99) - 1] ?? 0;
  return { perSecond: count / seconds, p99Ms, cpu: cpuPer(count, before, cpuOf(pids)) };
}

async function withBareExpress<T>(answers: HttpAnswers, work: (bare: { api: Api; pid: number }) => Promise<T>): Promise<T> {
  const args = ['--import', 'tsx', join(__dirname, 'floor', 'http.ts'), JSON.stringify(answers)];
  const server = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: childEnvironment({ NODE_ENV: 'production' }),
  });
  const [port] = (await once(server, 'message')) as [number];
  const api = createApi({ url: `http://127.0.0.1:${String(port)}`, apiKey: 'none' });
  try {
    return await work({ api, pid: server.pid ?? 0 });
  } finally {
    api.close();
    server.kill();
  }
}
