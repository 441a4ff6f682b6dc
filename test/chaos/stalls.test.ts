/** A table that cannot be read for more than a minute, and a worker that is stopped in the middle of a transaction. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEADLINES } from '../../domain/core/deadlines';
import { expectSound } from './outage';
import { insist, startStack, until, type ChaosStack } from './stack';
import { monthly, nowSeconds, once, subscribe } from './world';

const VISA = 'pm_card_visa';
/** A machine that is busy with everything at once answers later than its deadlines say. */
const SLACK_MS = 4_000;

let stack: ChaosStack;
let price: string;
jest.setTimeout(300_000);
beforeAll(async () => {
  stack = await startStack();
  price = await monthly(stack);
}, 240_000);
afterAll(() => stack.stop(), 120_000);

async function read(path: string): Promise<{ status: number; ms: number }> {
  const startedAt = performance.now();
  const { status } = await fetch(`${stack.url}${path}`, { headers: { authorization: `Bearer ${stack.apiKey}` } });
  return { status, ms: performance.now() - startedAt };
}

const LOCKED_MS = 75_000;

test('invoices cannot be read for 75 seconds: requests that read them get an error in time, other reads succeed, and everything due is done afterwards', async () => {
  const { sql } = stack;
  const due = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 15 });
  const locker = await sql.reserve();
  await locker`begin`;
  await locker`lock table invoices in access exclusive mode`;
  const endsAt = Date.now() + LOCKED_MS;
  const locked: ReturnType<typeof read>[] = [];
  const others: ReturnType<typeof read>[] = [];
  while (Date.now() < endsAt) {
    locked.push(read('/v1/invoices'));
    others.push(read(`/v1/customers/${due.customer}`), read('/healthz'));
    await sleep(1_000);
  }
  const [told, went] = [await Promise.all(locked), await Promise.all(others)];
  await locker`commit`;
  locker.release();
  const slowest = (of: { ms: number }[]): number => Math.max(...of.map(({ ms }) => ms));
  process.stderr.write(
    `a locked table: ${String(told.length)} reads of it, slowest ${(slowest(told) / 1000).toFixed(1)} s; others ${(slowest(went) / 1000).toFixed(1)} s\n`,
  );
  // Somebody holds what they want: it is asked again, as where two writers meet; or it is an outage.
  expect(told.filter(({ status }) => ![429, 503].includes(status))).toEqual([]);
  expect(slowest(told)).toBeLessThan(DEADLINES.reading + SLACK_MS);
  expect(went.filter(({ status }) => status !== 200)).toEqual([]);
  expect(slowest(went)).toBeLessThan(SLACK_MS);
  const cycles = async (): Promise<number> =>
    (await stack.stripe.invoices.list({ subscription: due.subscription })).data.filter(
      ({ billing_reason: why }) => why === 'subscription_cycle',
    ).length;
  await until(async () => (await cycles()) === 1, { what: 'the renewal', timeoutMs: 90_000 });
  await expectSound(stack);
});

test('a worker that is stopped inside a transaction locks its customer only until Postgres ends the transaction, and its work is done once', async () => {
  const { stripe, sql } = stack;
  const of = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 86_400 });
  await sql.unsafe(`
    create function linger() returns trigger language plpgsql as $$
    begin
      if new.workflow = 'subscription/${of.subscription}' then perform pg_sleep(1.5); end if;
      return new;
    end $$;
    create trigger linger before insert on commits for each row execute function linger()`);
  const [item] = (await stripe.subscriptions.retrieve(of.subscription)).items.data;
  const key = once();
  const change = { items: [{ id: item?.id ?? '', quantity: 7 }], proration_behavior: 'none' as const };
  const changing = insist(() => stripe.subscriptions.update(of.subscription, change, key));
  await until(async () => (await sql`select 1 from pg_stat_activity where wait_event = 'PgSleep'`).length > 0, {
    what: 'the transaction',
    everyMs: 20,
  });
  const worker = await stack.running('worker');
  process.kill(worker.pid, 'SIGSTOP');
  const startedAt = performance.now();
  try {
    await insist(() => stripe.customers.update(of.customer, { name: 'Free again' }, once()));
  } finally {
    process.kill(worker.pid, 'SIGCONT');
  }
  const ms = performance.now() - startedAt;
  process.stderr.write(`a stopped worker: its customer was free after ${(ms / 1000).toFixed(1)} s\n`);
  expect(ms).toBeLessThan(1_500 + DEADLINES.idleInTransaction + SLACK_MS);
  expect((await changing).items.data[0]?.quantity).toBe(7);
  expect(
    await sql`select 1 from commits where workflow = ${`subscription/${of.subscription}`} and step = 'updateSubscription'`,
  ).toHaveLength(1);
  await expectSound(stack);
});
