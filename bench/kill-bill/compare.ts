/** Kill Bill and Dunlin in one run: the same work, in turn, each with its own Postgres. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api';
import { measureRound, prepareCosts, type Round } from '../costs';
import { cpuOf, cpuPer, type CpuMs } from '../cpu';
import { rateAtEight, requestsOf, type Rate } from '../requests';
import type { MeasuredStack } from '../stack';
import { sideBySide } from '../workload';
import { RELEASE } from './programs';
import { withKillBill, type KillBill } from './start';

export interface BesideKillBill {
  release: string;
  perRound: number;
  rounds: { killBill: KillBillRound; dunlin: Round }[];
  requests: { request: 'read of a customer' | 'usage record'; killBill: Rate; dunlin: Rate }[];
}

/** A customer with a card who subscribes and pays; the month after that. */
export interface KillBillRound {
  start: CpuMs;
  renewal: CpuMs;
}

const AT_ONCE = 4;
const MONTH_DAYS = 31;
const CUSTOMERS = 20;
const PATIENCE_MS = 300_000;

export async function measureBesideKillBill(
  api: Api,
  stack: MeasuredStack,
  { rounds, perRound, reads }: { rounds: number; perRound: number; reads: number },
): Promise<BesideKillBill> {
  return withKillBill(async (killBill) => {
    await warmUp(killBill, perRound);
    const price = await prepareCosts(api, stack);
    const results: BesideKillBill = { release: RELEASE, perRound, rounds: [], requests: [] };
    for (let round = 0; round < rounds; round += 1) {
      results.rounds.push({ killBill: await roundOf(killBill, perRound), dunlin: await measureRound(api, stack, price, perRound) });
    }
    results.requests = await requests(killBill, api, stack, reads);
    return results;
  });
}

/** Until the JVM has compiled the hot code. */
async function warmUp(killBill: KillBill, count: number): Promise<void> {
  for (let time = 0; time < 4; time += 1) await roundOf(killBill, count);
}

/** The clock of Kill Bill belongs to all its accounts. So those of earlier rounds renew too, and count. */
async function roundOf(killBill: KillBill, count: number): Promise<KillBillRound> {
  const { api, pids } = killBill;
  const beforeStart = cpuOf(pids);
  await sideBySide(count, AT_ONCE, async () => {
    const account = await api.createAccount();
    await api.attachCard(account);
    await api.subscribe(account, 'bench-monthly');
  });
  const started = await paymentsOf(killBill);
  const start = cpuPer(count, beforeStart, cpuOf(pids));
  const subscriptions = await subscriptionsOf(killBill);
  const beforeRenewal = cpuOf(pids);
  await api.moveClock(MONTH_DAYS);
  await untilPaid(killBill, started + subscriptions);
  return { start, renewal: cpuPer(subscriptions, beforeRenewal, cpuOf(pids)) };
}

async function subscriptionsOf({ sql }: KillBill): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(distinct subscription_id) from subscription_events where plan_name = 'bench-monthly' and is_active`;
  return Number(row?.count);
}

/** Payments that a processor has made. */
async function paymentsOf({ sql }: KillBill): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*) from payments where state_name = 'PURCHASE_SUCCESS'`;
  return Number(row?.count);
}

/** Until this many payments are made, and no event is left that somebody in Kill Bill still works on. */
async function untilPaid(killBill: KillBill, payments: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const [row] = await killBill.sql<{ count: number }[]>`select count(*) from bus_events`;
    if (Number(row?.count) === 0 && (await paymentsOf(killBill)) >= payments) return;
    await sleep(200);
  }
  throw new Error(`Kill Bill has made ${String(await paymentsOf(killBill))} of ${String(payments)} payments`);
}

async function requests(killBill: KillBill, api: Api, stack: MeasuredStack, count: number): Promise<BesideKillBill['requests']> {
  const accounts = await sideBySide(CUSTOMERS, AT_ONCE, () => killBill.api.createAccount());
  const metered = await sideBySide(CUSTOMERS, AT_ONCE, (index) => killBill.api.subscribe(accounts[index] ?? '', 'metered-monthly'));
  const own = await requestsOf(api);
  const readAccount = (index: number): Promise<void> => killBill.api.readAccount(accounts[index % CUSTOMERS] ?? '');
  const recordUsage = (index: number): Promise<void> => killBill.api.recordUsage(metered[index % CUSTOMERS] ?? '', index % 100);
  return [
    {
      request: 'read of a customer',
      killBill: await rateAtEight(count, killBill.pids, readAccount),
      dunlin: await rateAtEight(count, stack.pids, (index) => own.read(api, index)),
    },
    {
      request: 'usage record',
      killBill: await rateAtEight(count, killBill.pids, recordUsage),
      dunlin: await rateAtEight(count, stack.pids, (index) => own.record(api, index)),
    },
  ];
}
