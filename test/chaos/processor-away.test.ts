/** A processor that is away while hundreds of months end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { contradictions } from './books';
import { expectSound } from './outage';
import { insist, startStack, until, type ChaosStack } from './stack';
import { customerWith, monthly, nowSeconds, once } from './world';

const RENEWALS = 500;
const CUSTOMERS = 50;
const AWAY_MS = 200_000;
const DAY = 86_400;

let stack: ChaosStack;
jest.setTimeout(1_800_000);
beforeAll(async () => {
  stack = await startStack();
}, 240_000);
afterAll(() => stack.stop(), 120_000);

/** As many calls as anybody could make meanwhile fail; one order is for a thousand at most. */
async function goAway(): Promise<void> {
  for (let orders = 0; orders < 30; orders += 1) {
    await insist(() => stack.stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1_000 }));
  }
}
const mend = (): Promise<unknown> => insist(() => stack.stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults'));

/** Ten subscriptions for each customer. */
async function subscribeAll(price: string): Promise<string[]> {
  const dueAt = nowSeconds() + 20 * DAY;
  const subscriptions: string[] = [];
  for (let customers = 0; customers < CUSTOMERS; customers += 5) {
    const made = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const customer = await customerWith(stack, 'pm_card_visa');
        const own: string[] = [];
        while (own.length < RENEWALS / CUSTOMERS) {
          const key = once();
          const params = { customer, items: [{ price }], billing_cycle_anchor: dueAt, proration_behavior: 'none' as const };
          own.push((await insist(() => stack.stripe.subscriptions.create(params, key))).id);
        }
        return own;
      }),
    );
    subscriptions.push(...made.flat());
  }
  return subscriptions;
}

async function wake(subscriptions: string[]): Promise<void> {
  const now = nowSeconds();
  const { sql, temporal } = stack;
  await sql`update workflows set next_due = ${now} where kind = 'subscription' and subject in ${sql(subscriptions)}`;
  for (const id of subscriptions) await temporal.workflow.getHandle(`subscription/${id}`).signal('wake', { now });
}

/** Their month is over now, and so is the hour of the draft. */
async function endMonths(subscriptions: string[]): Promise<void> {
  const { sql } = stack;
  const now = nowSeconds();
  await sql`update subscription_items set current_period_end = ${now} where subscription in ${sql(subscriptions)}`;
  await sql`update subscriptions set billing_cycle_anchor = ${now} where id in ${sql(subscriptions)}`;
  await wake(subscriptions);
  await until(async () => (await cycles('draft')) === subscriptions.length, { what: 'the drafts', timeoutMs: 600_000, everyMs: 1_000 });
}

async function cycles(status: string): Promise<number> {
  const [row] = await stack.sql<[{ count: number }]>`
    select count(*)::int from invoices where billing_reason = 'subscription_cycle' and total > 0 and status = ${status}`;
  return row.count;
}

/** How often the one that waits longest has been asked about at the processor. */
async function timesAsked(): Promise<number> {
  let most = 0;
  for await (const { workflowId } of stack.temporal.workflow.list({
    query: "WorkflowId STARTS_WITH 'payment/' and ExecutionStatus = 'Running'",
  })) {
    const { raw } = await stack.temporal.workflow.getHandle(workflowId).describe();
    most = Math.max(most, ...(raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0));
    if (most > 4) break;
  }
  return most;
}

interface Meanwhile {
  clockMs: number;
  createdMs: number;
  canceledMs: number;
}

/** A clock, a new subscription and a cancellation, while everybody waits for the processor. */
async function liveMeanwhile(leaving: string): Promise<Meanwhile> {
  const { stripe } = stack;
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const free = await monthly(stack, 0);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: nowSeconds() });
  const customer = await stripe.customers.create({ name: 'On a clock', test_clock: clock.id });
  const createdMs = await timed(() => stripe.subscriptions.create({ customer: customer.id, items: [{ price: free }] }, once()));
  const canceledMs = await timed(async () => {
    expect((await stripe.subscriptions.cancel(leaving)).status).toBe('canceled');
  });
  const clockMs = await timed(async () => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: nowSeconds() + 70 * DAY });
    await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready', { what: 'the clock' });
  });
  return { clockMs, createdMs, canceledMs };
}

test('a processor is away while 500 months end: subscriptions that need no processor continue, Dunlin asks it until it answers, and each card is charged once', async () => {
  const { sql } = stack;
  const subscriptions = await subscribeAll(await monthly(stack));
  await endMonths(subscriptions);
  await goAway();
  await sql`update invoices set automatically_finalizes_at = ${nowSeconds()} where status = 'draft'`;
  const beganAt = Date.now();
  await wake(subscriptions);
  const isUnknown = async (): Promise<boolean> => (await sql`select 1 from payment_attempts where status = 'unknown'`).length > 0;
  await until(isUnknown, { what: 'an answer that is unknown', timeoutMs: 180_000 });
  const meanwhile = await liveMeanwhile(subscriptions[0] ?? '');
  await until(async () => (await timesAsked()) > 4, { what: 'a fifth question', timeoutMs: 240_000, everyMs: 2_000 });
  await sleep(Math.max(0, AWAY_MS - (Date.now() - beganAt)));
  expect(await sql`select 1 from charges where status = 'succeeded'`).toHaveLength(0);
  const awaySeconds = (Date.now() - beganAt) / 1000;
  await mend();
  const mendedAt = Date.now();
  const isOver = async (): Promise<boolean> =>
    (await cycles('paid')) + (await cycles('void')) === RENEWALS &&
    (await sql`select 1 from payment_attempts where status in ('open', 'unknown')`).length === 0;
  await until(isOver, { what: 'all payments', timeoutMs: 900_000, everyMs: 2_000 });
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
  process.stderr.write(
    `a processor away for ${awaySeconds.toFixed(0)} s over ${String(RENEWALS)} renewals: meanwhile a creation took ${seconds(meanwhile.createdMs)} s, a cancellation ${seconds(meanwhile.canceledMs)} s, a clock over two months ${seconds(meanwhile.clockMs)} s; all paid ${seconds(Date.now() - mendedAt)} s after it was back\n`,
  );
  expect(await sql`select 1 from charges where status = 'succeeded'`).toHaveLength(await cycles('paid'));
  expect(await cycles('paid')).toBeGreaterThanOrEqual(RENEWALS - 1);
  expect(await insist(() => contradictions(sql))).toEqual([]);
  await expectSound(stack);
});
