/** The benchmark's work: subscriptions started and clocks advanced, many in parallel. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../db/connect';
import type { Api, Parameters } from './api';

export interface Started {
  customer: string;
  subscription: string;
}

export async function createPrice(api: Api): Promise<string> {
  const price = await api.post('/v1/prices', {
    currency: 'usd',
    unit_amount: '1900',
    'recurring[interval]': 'month',
    'product_data[name]': 'Bench',
  });
  return price.id;
}

export interface StartOptions {
  clock?: string;
  /** Parameters of the customer's address. */
  address?: Parameters;
  /** Further parameters of the subscription. */
  more?: Parameters;
}

/** A customer, a card and a subscription that is paid at once: three requests. */
export async function startSubscription(api: Api, price: string, of: StartOptions = {}): Promise<Started> {
  const { id: customer } = await api.post('/v1/customers', {
    email: 'bench@example.com',
    ...(of.clock === undefined ? {} : { test_clock: of.clock }),
    ...of.address,
  });
  const { id: card } = await api.post('/v1/payment_methods/pm_card_visa/attach', { customer });
  const params = { customer, 'items[0][price]': price, default_payment_method: card, ...of.more };
  const subscription = await api.post('/v1/subscriptions', params);
  if (subscription['status'] !== 'active') throw new Error(`a subscription was started and is ${String(subscription['status'])}`);
  return { customer, subscription: subscription.id };
}

export async function createClock(api: Api, frozenTime: number): Promise<string> {
  return (await api.post('/v1/test_helpers/test_clocks', { frozen_time: String(frozenTime) })).id;
}

/** Advances a clock and waits until everything due is done; returns the seconds that this took. */
export async function advanceClock(api: Api, sql: Sql, clock: string, to: number): Promise<number> {
  const begun = performance.now();
  await api.post(`/v1/test_helpers/test_clocks/${clock}/advance`, { frozen_time: String(to) });
  for (;;) {
    const [row] = await sql<{ status: string }[]>`select /* bench: */ status from test_clocks where id = ${clock}`;
    if (row?.status === 'ready') return (performance.now() - begun) / 1000;
    if (row?.status !== 'advancing') throw new Error(`the test clock ${clock} is ${row?.status ?? 'gone'}`);
    await sleep(50);
  }
}

/** Waits until each of these subscriptions has an invoice of its cycle with this status. */
export async function untilInvoices(sql: Sql, subscriptions: string[], status: 'draft' | 'paid', patienceSeconds = 120): Promise<void> {
  const deadline = performance.now() + patienceSeconds * 1000;
  while (performance.now() < deadline) {
    const [row] = await sql<{ count: number }[]>`
      select /* bench: */ count(*) from invoices
      where subscription in ${sql(subscriptions)} and billing_reason = 'subscription_cycle' and status = ${status}`;
    if (Number(row?.count) >= subscriptions.length) return;
    await sleep(50);
  }
  throw new Error(`some of ${String(subscriptions.length)} subscriptions have no ${status} invoice of their cycle`);
}

/** Runs `count` pieces of work, at most `atOnce` in parallel. */
export async function sideBySide<T>(count: number, atOnce: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
  return results;
}

/** The median and both ends. */
export function spread(values: number[]): { median: number; min: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** @param sorted ascending */
export function quantile(sorted: number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}
