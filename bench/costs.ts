/** The CPU of starts and renewals, by process, over several rounds. */
import type { Api } from './api';
import { cpuOf, cpuPer, type CpuMs } from './cpu';
import type { MeasuredStack } from './stack';
import { advanceClock, createClock, createPrice, sideBySide, startSubscription, untilInvoices, type StartOptions } from './workload';

export interface Round<T = CpuMs> {
  start: T;
  /** In real time, by Temporal's timers: the draft and the charge together. */
  renewal: T;
  /** In real time, of an account that keeps no drafts: the invoice is final and charged at once. */
  renewalWithoutHour: T;
  /** On one test clock: the draft, the charge, and the clock's own work. */
  renewalOnClock: T;
}

export interface Costs extends Round<CpuMs[]> {
  /** The system's CPU in an idle second; not subtracted from the others. */
  idlePerSecond: CpuMs;
  perRound: number;
}

const AT_ONCE = 4;
/** Real-time renewals become due at this rate, so that they are not one burst. */
const PER_SECOND = 10;
const MONTH = 31 * 86_400;

export async function measureCosts(api: Api, stack: MeasuredStack, of: { rounds: number; perRound: number }): Promise<Costs> {
  const price = await prepareCosts(api, stack);
  const idlePerSecond = await idle(stack);
  const rounds: Round[] = [];
  while (rounds.length < of.rounds) rounds.push(await measureRound(api, stack, price, of.perRound));
  const each = (name: keyof Round): CpuMs[] => rounds.map((round) => round[name]);
  return {
    ...{ start: each('start'), renewal: each('renewal'), renewalWithoutHour: each('renewalWithoutHour') },
    ...{ renewalOnClock: each('renewalOnClock'), idlePerSecond, perRound: of.perRound },
  };
}

/** Makes the price of the rounds. */
export async function prepareCosts(api: Api, stack: MeasuredStack): Promise<string> {
  const price = await createPrice(api);
  await warmUp(api, stack, price);
  return price;
}

export async function measureRound(api: Api, stack: MeasuredStack, price: string, count: number): Promise<Round> {
  const start = await costOfStart(api, stack, price, count);
  const renewalOnClock = await costOnClock(api, stack, { price, count });
  const renewal = await costInRealTime(api, stack, price, count);
  await keepDrafts(api, 'none');
  const renewalWithoutHour = await costWithoutHour(api, stack, price, count);
  await keepDrafts(api, 'one_hour');
  return { start, renewal, renewalWithoutHour, renewalOnClock };
}

async function keepDrafts(api: Api, drafts: 'one_hour' | 'none'): Promise<void> {
  await api.post('/v1/account_settings', { 'invoices[drafts]': drafts });
}

/** As many starts as Kill Bill gets before it is measured. */
const WARM_UP = 240;

/** Until every connection has planned every statement, and Node has compiled the hot code: a start takes a fifth less after a thousand. */
async function warmUp(api: Api, { sql }: MeasuredStack, price: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  await sideBySide(WARM_UP, AT_ONCE, () => startSubscription(api, price, { clock }));
  await advanceClock(api, sql, clock, now + 2 * MONTH);
}

async function idle({ pids }: MeasuredStack): Promise<CpuMs> {
  const seconds = 5;
  const before = cpuOf(pids);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return cpuPer(seconds, before, cpuOf(pids));
}

async function costOfStart(api: Api, { pids }: MeasuredStack, price: string, count: number): Promise<CpuMs> {
  const before = cpuOf(pids);
  await sideBySide(count, AT_ONCE, () => startSubscription(api, price));
  return cpuPer(count, before, cpuOf(pids));
}

interface OnClock extends StartOptions {
  price: string;
  count: number;
}

export async function costOnClock(api: Api, { sql, pids }: MeasuredStack, { price, count, ...options }: OnClock): Promise<CpuMs> {
  const now = Math.floor(Date.now() / 1000);
  const clock = await createClock(api, now);
  await sideBySide(count, AT_ONCE, () => startSubscription(api, price, { clock, ...options }));
  const before = cpuOf(pids);
  await advanceClock(api, sql, clock, now + MONTH + 7200);
  return cpuPer(count, before, cpuOf(pids));
}

/**
 * The anchor can shorten a period to seconds, and a request a draft's hour. The measurement begins a second before the first is due, so it
 * has only timers, commits and charges.
 */
async function costInRealTime(api: Api, { sql, pids }: MeasuredStack, price: string, count: number): Promise<CpuMs> {
  const { anchor, subscriptions } = await dueInSeconds(api, price, count);
  const drafts = await cpuFrom(anchor - 1, pids, () => untilInvoices(sql, subscriptions, 'draft'));
  const invoices = await sql<{ id: string }[]>`select id from invoices where subscription in ${sql(subscriptions)} and status = 'draft'`;
  const final = now() + 5 + Math.ceil(count / 4);
  await sideBySide(count, AT_ONCE, (index) =>
    api.post(`/v1/invoices/${invoices[index]?.id ?? ''}`, { automatically_finalizes_at: String(final + Math.floor(index / PER_SECOND)) }),
  );
  if (now() >= final) throw new Error('the machine is too slow for real-time renewals of this size: they began before all were asked for');
  const charges = await cpuFrom(final - 1, pids, () => untilInvoices(sql, subscriptions, 'paid'));
  return cpuPer(count, drafts.before, { ...add(drafts.after, charges) });
}

/** The anchor shortens the first period to seconds; then invoices become final and are charged at once. */
async function costWithoutHour(api: Api, { sql, pids }: MeasuredStack, price: string, count: number): Promise<CpuMs> {
  const { anchor, subscriptions } = await dueInSeconds(api, price, count);
  const { before, after } = await cpuFrom(anchor - 1, pids, () => untilInvoices(sql, subscriptions, 'paid'));
  return cpuPer(count, before, after);
}

/** Subscriptions that renew one after another, the first of them at the anchor. */
async function dueInSeconds(api: Api, price: string, count: number): Promise<{ anchor: number; subscriptions: string[] }> {
  const anchor = now() + 5 + Math.ceil(count / 2);
  const started = await sideBySide(count, AT_ONCE, (index) =>
    startSubscription(api, price, {
      more: { billing_cycle_anchor: String(anchor + Math.floor(index / PER_SECOND)), proration_behavior: 'none' },
    }),
  );
  if (now() >= anchor) throw new Error('the machine is too slow for real-time renewals of this size: they began before all were started');
  return { anchor, subscriptions: started.map(({ subscription }) => subscription) };
}

interface Window {
  before: CpuMs;
  after: CpuMs;
}

/** @param from epoch seconds; until then the effects of earlier work end */
async function cpuFrom(from: number, pids: MeasuredStack['pids'], work: () => Promise<void>): Promise<Window> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(from * 1000 - Date.now(), 0)));
  const before = cpuOf(pids);
  await work();
  return { before, after: cpuOf(pids) };
}

/** The end of one window, plus the CPU of another. */
function add(end: CpuMs, { before, after }: Window): CpuMs {
  return Object.fromEntries(
    Object.entries(end).map(([name, ms]) => [name, ms + after[name as keyof CpuMs] - before[name as keyof CpuMs]]),
  ) as CpuMs;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
