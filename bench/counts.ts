/** The events, tasks, activities, statements and round trips of a start and a renewal: the same in every run. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api';
import { countEvents, openHistories, type Histories, type HistoryCount } from './history';
import type { MeasuredStack } from './stack';
import type { Tap, WireCount } from './tap';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription, untilInvoices, type StartOptions } from './workload';

export type Count = HistoryCount & WireCount;

export interface Counts {
  /** A customer, a card, a subscription, its first invoice and payment. */
  start: Count;
  /** In real time: the period ends, a draft is made. */
  draft: Count;
  /** In real time: the draft is finalized, charged and paid. */
  charge: Count;
  /** Both, on a test clock, with the clock's messages. */
  onClock: Count;
}

export interface Bench {
  api: Api;
  stack: MeasuredStack;
  histories: Histories;
  tap: Tap;
  price: string;
}

const DAY = 86_400;
const HOUR = 3600;

/** The sweep may run in between, and only ever adds: so the least of several rounds counts. */
const ROUNDS = 3;

/** @param tap the connection from the system of `stack` to Postgres */
export async function measureCounts(api: Api, stack: MeasuredStack, tap: Tap): Promise<Counts> {
  const histories = await openHistories(stack.temporalAddress);
  try {
    const bench = { api, stack, histories, tap, price: await createPrice(api) };
    await warmUp(bench);
    const rounds: Counts[] = [];
    while (rounds.length < ROUNDS) {
      rounds.push({ start: await countStart(bench), ...(await countRealTime(bench)), onClock: await countOnClock(bench) });
    }
    const least = (of: keyof Counts): Count => leastOf(rounds.map((round) => round[of]));
    return { start: least('start'), draft: least('draft'), charge: least('charge'), onClock: least('onClock') };
  } finally {
    await histories.close();
  }
}

export function leastOf(counts: Count[]): Count {
  const least = { ...counts[0] } as Count;
  for (const count of counts) for (const key of Object.keys(least) as (keyof Count)[]) least[key] = Math.min(least[key], count[key]);
  return least;
}

/** A statement is prepared once per connection, which is one more round trip. So each connection has run each statement before. */
export async function warmUp({ api, stack, price }: Bench, of: StartOptions = {}): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  await sideBySide(30, 10, () => startSubscription(api, price, { clock, ...of }));
  await advanceClock(api, stack.sql, clock, now + 93 * DAY);
}

async function countStart({ api, price, histories, tap }: Bench): Promise<Count> {
  tap.take();
  const { subscription } = await startSubscription(api, price);
  const wire = tap.take();
  return { ...countEvents(await histories.typesOf(`subscription/${subscription}`)), ...wire };
}

/** The first period is shortened to a few seconds, and so is the draft's hour: the counted work runs by Temporal's own timers. */
async function countRealTime({ api, stack, price, histories, tap }: Bench): Promise<{ draft: Count; charge: Count }> {
  const anchor = Math.floor(Date.now() / 1000) + 6;
  const more = { billing_cycle_anchor: String(anchor), proration_behavior: 'none' };
  const { subscription } = await startSubscription(api, price, { more });
  const workflow = `subscription/${subscription}`;
  const draft = await between(histories, tap, workflow, () => untilInvoices(stack.sql, [subscription], 'draft'));
  const [invoice] = await stack.sql<{ id: string }[]>`select id from invoices where subscription = ${subscription} and status = 'draft'`;
  const finalizesAt = Math.floor(Date.now() / 1000) + 4;
  await api.post(`/v1/invoices/${invoice?.id ?? ''}`, { automatically_finalizes_at: String(finalizesAt) });
  const charge = await between(histories, tap, workflow, () => untilInvoices(stack.sql, [subscription], 'paid'));
  return { draft, charge };
}

export async function countOnClock({ api, stack, price, histories, tap }: Bench, of: StartOptions = {}): Promise<Count> {
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  const { subscription } = await startSubscription(api, price, { clock, ...of });
  await advanceClock(api, stack.sql, clock, now + 27 * DAY);
  const before = (await histories.typesOf(`subscription/${subscription}`)).length;
  tap.take();
  await advanceClock(api, stack.sql, clock, now + 31 * DAY + 2 * HOUR);
  const wire = tap.take();
  return { ...countEvents((await histories.typesOf(`subscription/${subscription}`)).slice(before)), ...wire };
}

/** Counts the work of one workflow during some work. The history is read when the workflow is idle. */
async function between(histories: Histories, tap: Tap, workflow: string, work: () => Promise<void>): Promise<Count> {
  const before = (await histories.typesOf(workflow)).length;
  tap.take();
  await work();
  await sleep(500);
  const wire = tap.take();
  return { ...countEvents((await histories.typesOf(workflow)).slice(before)), ...wire };
}
