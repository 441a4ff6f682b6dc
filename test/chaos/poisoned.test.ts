/** Subscriptions whose next step cannot be made, by a mistake of ours, due at the same moment as healthy ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { installBrokenSteps, type BrokenSteps } from '../../scripts/broken-steps';
import { insist, startStack, until, type ChaosStack } from './stack';
import { expectSound } from './outage';
import { customerWith, monthly, nowSeconds, once, subscribe, type Subscribed } from './world';

const HEALTHY = 50;
const POISONED = 100;
const VISA = 'pm_card_visa';

let stack: ChaosStack;
let price: string;
let steps: BrokenSteps;
jest.setTimeout(900_000);
beforeAll(async () => {
  stack = await startStack();
  price = await monthly(stack);
  steps = await installBrokenSteps(stack.sql);
}, 240_000);
afterAll(() => stack.stop(), 120_000);

interface HeldList {
  total_count: number;
  data: { id: string; subject: string; reason: string; step: string }[];
}

const held = (): Promise<HeldList> => insist(() => stack.stripe.rawRequest('GET', '/v1/held?limit=100'));

/** A few at a time, so that no request waits for its turn until it is refused. */
async function many(count: number, of: { price: string }): Promise<Subscribed[]> {
  const made: Subscribed[] = [];
  const dueAt = nowSeconds() + 20 * 86_400;
  while (made.length < count) {
    const next = Array.from({ length: Math.min(6, count - made.length) }, () => subscribe(stack, { card: VISA, price: of.price, dueAt }));
    made.push(...(await Promise.all(next)));
  }
  return made;
}

/** Their month is over now, for all of them at once. */
async function endMonths(of: Subscribed[]): Promise<void> {
  const { sql, temporal } = stack;
  const ids = of.map(({ subscription }) => subscription);
  const now = nowSeconds();
  await sql.begin(async (tx) => {
    await tx`update subscription_items set current_period_end = ${now} where subscription in ${tx(ids)}`;
    await tx`update subscriptions set billing_cycle_anchor = ${now} where id in ${tx(ids)}`;
    await tx`update workflows set next_due = ${now} where subject in ${tx(ids)} and kind = 'subscription'`;
  });
  await Promise.all(ids.map((id) => temporal.workflow.getHandle(`subscription/${id}`).signal('wake', { now })));
}

/** How many months of theirs were billed. */
async function billed(of: Subscribed[]): Promise<number> {
  const ids = of.map(({ subscription }) => subscription);
  const rows = await stack.sql`
    select 1 from invoices where subscription in ${stack.sql(ids)} and billing_reason = 'subscription_cycle'`;
  return rows.length;
}

async function eventsOf(of: Subscribed[]): Promise<number[]> {
  const { workflow } = stack.temporal;
  const histories = await Promise.all(of.map(({ subscription }) => workflow.getHandle(`subscription/${subscription}`).fetchHistory()));
  return histories.map(({ events }) => events?.length ?? 0);
}

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Ends the month of all, and tells how long the healthy ones took until they were billed, and what that cost in events. */
async function month(healthy: Subscribed[], poisoned: Subscribed[]): Promise<{ ms: number; events: number }> {
  const [before, eventsBefore] = [await billed(healthy), await eventsOf(healthy)];
  // No two months end in the same second.
  await sleep(1_100);
  const startedAt = performance.now();
  await endMonths([...poisoned, ...healthy]);
  await until(async () => (await billed(healthy)) === before + healthy.length, { what: 'the healthy ones', timeoutMs: 240_000 });
  const ms = performance.now() - startedAt;
  return { ms, events: (sum(await eventsOf(healthy)) - sum(eventsBefore)) / healthy.length };
}

const release = (id: string): Promise<unknown> => insist(() => stack.stripe.rawRequest('POST', `/v1/held/${id}/release`));

test('one or a hundred subscriptions that cannot be renewed slow no healthy one, are listed and counted, and are renewed once when they are repaired', async () => {
  const { stripe, sql } = stack;
  const broken = await monthly(stack, 1_100);
  const healthy = await many(HEALTHY, { price });
  const poisoned = [...(await many(POISONED / 2, { price })), ...(await many(POISONED / 2, { price: broken }))];
  const alone = await month(healthy, []);

  const [first] = poisoned as [Subscribed];
  const half = poisoned.slice(0, POISONED / 2).map(({ subscription }) => `subscription/${subscription}`);
  await steps.break(half, 'renewSubscription');
  const besideOne = await month(healthy, [first]);
  expect((await until(async () => ((await held()).total_count > 0 ? held() : null), { what: 'the first' })).data).toMatchObject([
    { subject: first.subscription, reason: 'failed', step: 'renewSubscription' },
  ]);

  await sql`update prices set recurring = null where id = ${broken}`;
  const buyer = await customerWith(stack, VISA);
  const buying = month(healthy, poisoned.slice(1));
  const bought = await stripe.subscriptions.create({ customer: buyer, items: [{ price }] }, once());
  const besideMany = await buying;
  expect(bought.status).toBe('active');
  await until(async () => (await held()).total_count === POISONED, { what: 'all of the poisoned to be held', timeoutMs: 120_000 });
  expect((await held()).data.map(({ subject }) => subject).sort()).toEqual(poisoned.map(({ subscription }) => subscription).sort());
  await until(async () => heldIn(await stack.metrics()) === POISONED, { what: 'the metric' });

  // Held, they cost nothing.
  const [eventsBefore, kept] = [sum(await eventsOf(poisoned)), await held()];
  await sleep(45_000);
  expect(sum(await eventsOf(poisoned))).toBe(eventsBefore);
  process.stderr.write(
    `50 healthy: ${told(alone)} alone, ${told(besideOne)} beside one that is poisoned, ${told(besideMany)} beside a hundred\n`,
  );
  for (const beside of [besideOne, besideMany]) expect(beside.events).toBeLessThanOrEqual(alone.events * 1.5 + 3);
  // A hundred more are tried beside them, once each.
  expect(besideMany.ms).toBeLessThan(alone.ms * 3 * 1.5 + 3_000);

  await steps.mend();
  await sql`update prices set recurring = (select recurring from prices where id = ${price}) where id = ${broken}`;
  await Promise.all(kept.data.map(({ id }) => release(id)));
  await until(async () => (await billed(poisoned)) === POISONED, { what: 'the poisoned to be renewed', timeoutMs: 180_000 });
  await until(async () => (await held()).total_count === 0, { what: 'the end of all holds' });
  expect(
    await sql`
    select subscription from invoices where billing_reason = 'subscription_cycle' and subscription in ${sql(poisoned.map(({ subscription }) => subscription))}
    group by subscription having count(*) > 1`,
  ).toEqual([]);
  await expectSound(stack);
});

const told = ({ ms, events }: { ms: number; events: number }): string => `${(ms / 1000).toFixed(1)} s and ${events.toFixed(1)} events each`;

function heldIn(metrics: string): number {
  return sum([...metrics.matchAll(/^dunlin_held_entities\{.*\} (\d+)$/gm)].map(([, count]) => Number(count)));
}
