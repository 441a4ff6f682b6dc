import { countEvents, typesOf, type HistoryCount } from '../../bench/history';
import { SILENCE_MS, type WireCount } from '../../bench/tap';
import { customerWith, priceOf } from '../support/builders';
import { DAY, HOUR, startClock } from '../support/clock';
import type { Product } from '../support/product';
import { until } from '../support/system';
import { startTappedProduct, type TappedProduct } from '../support/tapped-product';

/** What a renewal may take, as docs/benchmarks.md explains it. Counts, never times: they are the same on every machine. */
const BUDGET = {
  // A round trip each for begin, the lock with what hangs on the subscription, what that names, and the writes with commit.
  draft: { events: 6, workflowTasks: 1, activities: 0, localActivities: 1, statements: 10, roundTrips: 4 },
  charge: { events: 14, workflowTasks: 2, activities: 1, localActivities: 3, statements: 23, roundTrips: 11 },
  // Without the draft's hour.
  atOnce: { events: 14, workflowTasks: 2, activities: 1, localActivities: 3, statements: 23, roundTrips: 13 },
  onClock: { events: 20, workflowTasks: 3, activities: 1, localActivities: 4 },
  // A customer, a card, the customer's default card and a subscription by the official SDK, which sends each with an Idempotency-Key. Each answer is kept with its entry in the audit log.
  start: { events: 17, workflowTasks: 2, activities: 1, localActivities: 3, statements: 63, roundTrips: 38 },
};

let tapped: TappedProduct;
let product: Product;
beforeAll(async () => {
  tapped = await startTappedProduct();
  product = tapped.product;
  await warmUp();
}, 180_000);
afterAll(() => tapped.stop());

test('a renewal drafts its invoice in one workflow task and one commit; paid at the first attempt, it takes two tasks, one activity and fourteen events more, and 33 statements in all', async () => {
  const [draft, charge] = await leastOf(renewInRealTime, [BUDGET.draft, BUDGET.charge]);
  expect(draft).toEqual(within(BUDGET.draft, draft));
  expect(charge).toEqual(within(BUDGET.charge, charge));
  expect(draft.statements + charge.statements).toBeLessThanOrEqual(33);
}, 180_000);

test('on a test clock a renewal comes as two messages, and needs no more events than with timers', async () => {
  const clock = await startClock(product.stripe, '2026-01-15');
  const id = await subscribe({ test_clock: clock.id });
  await clock.to('2026-02-01');
  const counted = await during(id, () => clock.by(20 * DAY));
  expect(counted).toMatchObject(within(BUDGET.onClock, counted));
});

test('a subscription that is paid when it starts takes two workflow tasks, one activity and 63 statements, with its customer and card', async () => {
  const [start] = await leastOf(startOne, [BUDGET.start]);
  expect(start).toEqual(within(BUDGET.start, start));
}, 180_000);

test('a renewal of a seller who keeps no drafts takes a timer, a workflow task and a commit less', async () => {
  await product.post('/v1/account_settings', { invoices: { drafts: 'none' } });
  const [counted] = await leastOf(renewAtOnce, [BUDGET.atOnce]);
  expect(counted).toEqual(within(BUDGET.atOnce, counted));
}, 180_000);

/** Each connection has prepared each statement before, since a statement's first time takes a round trip more. */
async function warmUp(): Promise<void> {
  await Promise.all(Array.from({ length: 10 }, () => product.sql`select pg_sleep(0.2)`));
  const clock = await startClock(product.stripe, '2026-01-15');
  await Promise.all(Array.from({ length: 12 }, () => subscribe({ test_clock: clock.id })));
  // The first renewal after a period that was cut short earns nothing of an earlier invoice: its commit is a text of its own.
  const short = { billing_cycle_anchor: clock.now() + DAY, proration_behavior: 'none' };
  await Promise.all(Array.from({ length: 12 }, () => subscribe({ test_clock: clock.id }, short)));
  await clock.by(65 * DAY + HOUR);
}

/**
 * The least that each count was in a few rounds, of which the first that is within its budget is the last: what passes to Postgres
 * meanwhile is not all the work's (a connection sees a statement for the first time and prepares it), but never less than the work takes.
 */
async function leastOf<Counts extends Count[]>(
  round: () => Promise<Counts>,
  budgets: { [K in keyof Counts]: Partial<Count> },
): Promise<Counts> {
  let least = await round();
  // What is over its budget may be a batch that a busy machine has torn: the longer the proxy waits, the less of that there is.
  for (let again = 1; again < ROUNDS && !budgets.every((budget, index) => isWithin(budget, least[index])); again += 1) {
    tapped.tap.waitFor(SILENCE_MS * 2 ** Math.min(again, DOUBLINGS));
    const next = await round();
    least = least.map((count, index) => ({ ...count, ...within(next[index] ?? {}, count) })) as Counts;
  }
  tapped.tap.waitFor(SILENCE_MS);
  return least;
}

const ROUNDS = 8;
const DOUBLINGS = 2;

function isWithin(budget: Partial<Count>, counted: Count | undefined): boolean {
  return Object.entries(budget).every(([name, most]) => (counted?.[name as keyof Count] ?? 0) <= most);
}

/** The first period is cut short by its anchor, and the draft's hour by asking for it: what is counted runs by Temporal's timers. */
async function renewInRealTime(): Promise<[draft: Count, charge: Count]> {
  const anchor = Math.floor(Date.now() / 1000) + 6;
  const id = await subscribe({}, { billing_cycle_anchor: anchor, proration_behavior: 'none' });
  const draft = await during(id, () => untilInvoice(id, 'draft'));
  const { data } = await product.stripe.invoices.list({ subscription: id, status: 'draft' });
  const finalizesAt = Math.floor(Date.now() / 1000) + 3;
  await product.stripe.invoices.update(data[0]?.id ?? '', { automatically_finalizes_at: finalizesAt });
  const charge = await during(id, () => untilInvoice(id, 'paid'));
  return [draft, charge];
}

/** The draft is final in the same commit. */
async function renewAtOnce(): Promise<[Count]> {
  const anchor = Math.floor(Date.now() / 1000) + 6;
  const id = await subscribe({}, { billing_cycle_anchor: anchor, proration_behavior: 'none' });
  return [await during(id, () => untilInvoice(id, 'paid'))];
}

async function startOne(): Promise<[Count]> {
  const price = await priceOf(product.stripe);
  tapped.tap.take();
  const id = await subscribe({ price });
  const wire = tapped.tap.take();
  return [{ ...countEvents(await typesOf(product.system.temporal, `subscription/${id}`)), ...wire }];
}

async function subscribe(
  { price, ...customerOf }: { test_clock?: string; price?: string },
  more: Record<string, unknown> = {},
): Promise<string> {
  const { customer } = await customerWith(product.stripe, 'pm_card_visa', customerOf);
  const items = [{ price: price ?? (await priceOf(product.stripe)) }];
  const { id, status } = await product.stripe.subscriptions.create({ customer, items, ...more });
  expect(status).toBe('active');
  return id;
}

async function untilInvoice(subscription: string, status: string): Promise<void> {
  const find = () =>
    tapped.direct`select 1 from invoices where subscription = ${subscription} and billing_reason = 'subscription_cycle' and status = ${status}`;
  await until(async () => (await find()).length > 0, { what: `a ${status} invoice of ${subscription}` });
}

type Count = HistoryCount & WireCount;

/** What happens to a subscription's workflow, and passes to Postgres, until its history is at rest. */
async function during(subscription: string, work: () => Promise<void>): Promise<Count> {
  const history = () => typesOf(product.system.temporal, `subscription/${subscription}`);
  const before = (await history()).length;
  tapped.tap.take();
  await work();
  await until(async () => ['timerStarted', 'workflowExecutionUpdateCompleted'].includes((await history()).at(-1) ?? ''));
  return { ...countEvents((await history()).slice(before)), ...tapped.tap.take() };
}

/** The counts themselves where none is over its budget; else the budget, which they then differ from. */
function within(budget: Partial<Count>, counted: Partial<Count>): Partial<Count> {
  const names = Object.keys(budget) as (keyof Count)[];
  return Object.fromEntries(names.map((name) => [name, Math.min(counted[name] ?? 0, budget[name] ?? 0)]));
}
