/** Whatever is done in whatever order, each period and each unit of usage is billed once, by one of the two systems. */
import fc from 'fast-check';
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import type { Product } from '../support/product';
import { until } from '../support/system';
import {
  creditLeft,
  grantOf,
  imported,
  meteredSubscriber,
  startClocks,
  startMoving,
  subscriber,
  type Clocks,
  type Metered,
  type Moving,
} from './moving';

let moving: Moving;
const whenRunning = { get sql() { return moving.target.sql; } } as Product; // prettier-ignore

beforeAll(async () => {
  moving = await startMoving();
}, 240_000);
afterAll(() => moving.stop());
booksBalanceAfterEach(whenRunning);

/** What is done to one customer before the clocks go on. Those that are not legal then do nothing. */
const step = fc.constantFrom('nothing', 'cutOver', 'cutOver', 'takeBack', 'changeQuantity', 'import', 'restart');
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** After each round; no invoice is due within the hour. */
const ROUNDS = ['2026-01-22', '2026-02-09', '2026-02-20', '2026-03-17', '2026-04-03', '2026-04-20', '2026-05-18'];
const STARTS = ['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15', '2026-05-15'];
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

interface CutoverAnswer {
  id: string;
  status: string;
}

/** A customer, and what must be billed. */
interface Subject {
  customer: string;
  subscription: string;
  quantity: number;
  /** Of each period that has begun. */
  expected: number[];
  metered: Metered | null;
}

async function latestCutover(customer: string): Promise<CutoverAnswer | undefined> {
  const { data } = (await moving.target.get(`/v1/cutovers?customer=${customer}&limit=1`)) as unknown as { data: CutoverAnswer[] };
  return data[0];
}

const settled = (customer: string): Promise<string> =>
  until(
    async () => {
      const { status = 'none' } = (await latestCutover(customer)) ?? {};
      return status === 'freezing' || status === 'returning' ? null : status;
    },
    { timeoutMs: 60_000, what: `the cutover of ${customer}` },
  );

/** What is refused is not legal at that moment, and changes nothing. */
async function carryOut(clocks: Clocks, subject: Subject, wanted: Step): Promise<void> {
  const { target } = moving;
  const { customer } = subject;
  if (wanted === 'import') await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
  if (wanted === 'cutOver') await target.post('/v1/cutovers', { customer, force: true }).catch(() => null);
  if (wanted === 'takeBack') {
    const latest = await latestCutover(customer);
    if (latest) await target.post(`/v1/cutovers/${latest.id}/return`).catch(() => null);
  }
  if (wanted === 'restart') {
    await target.system.stopWorker();
    await target.system.startWorker();
  }
  const billsHere = (await settled(customer)) === 'done';
  if (wanted === 'changeQuantity' && !subject.metered) await changeQuantity(subject, billsHere);
}

async function changeQuantity(subject: Subject, billsHere: boolean): Promise<void> {
  const { target, source } = moving;
  const { subscription } = subject;
  const { stripe } = billsHere ? target : source;
  const [item] = (await stripe.subscriptions.retrieve(subscription)).items.data;
  subject.quantity += 1;
  const change = { quantity: subject.quantity, proration_behavior: 'none' as const };
  await stripe.subscriptionItems.update(item?.id ?? '', change);
}

async function paidLines(stripe: Stripe, subscription: string): Promise<Stripe.InvoiceLineItem[]> {
  const { data } = await stripe.invoices.list({ subscription, status: 'paid', limit: 100 });
  return data.flatMap(({ lines }) => lines.data);
}

async function expectBilledOnce({ subscription, expected }: Subject): Promise<void> {
  const lines = [...(await paidLines(moving.source.stripe, subscription)), ...(await paidLines(moving.target.stripe, subscription))];
  const billed = lines.map(({ period, quantity }) => [period.start, quantity]).sort(([a = 0], [b = 0]) => Number(a) - Number(b));
  expect(billed).toEqual(STARTS.map((day, index) => [at(day), expected[index]]));
}

const CREDIT = 2000;
const USED_EACH_ROUND = 70;

async function expectUsageBilledOnce({ customer, subscription }: Subject, units: number): Promise<void> {
  const { source, target } = moving;
  const invoices = await Promise.all(
    [source, target].map(({ stripe }) => stripe.invoices.list({ subscription, status: 'paid', limit: 100 })),
  );
  const paid = invoices.flatMap(({ data }) => data).reduce((sum, { total }) => sum + total, 0);
  const isHere = (await settled(customer)) === 'done';
  const left = await creditLeft((isHere ? target : source).stripe, customer);
  expect(paid + CREDIT - left).toBe(units * 10);
}

test.each([3, 17, 58])(
  'in any order of steps (%i), nobody is billed twice or not at all',
  async (seed) => {
    const clocks = await startClocks(moving, '2026-01-15');
    const subjects: Subject[] = [];
    for (let index = 0; index < 4; index += 1) {
      const of = await subscriber(moving, clocks.source.id, { amount: 500 });
      subjects.push({ ...of, quantity: 1, expected: [1], metered: null });
    }
    const metered = await meteredSubscriber(moving, clocks.source.id, { amount: 10 });
    await grantOf(moving.source.stripe, metered.customer, CREDIT);
    subjects.push({ ...metered, quantity: 1, expected: [], metered });
    const where = { source_test_clock: clocks.source.id, test_clock: clocks.target.id };
    await imported(moving, where);
    const plans = fc.sample(fc.array(step, { minLength: subjects.length, maxLength: subjects.length }), { numRuns: ROUNDS.length, seed });
    let billedUnits = 0;
    let units = 0;
    for (const [round, plan] of plans.entries()) {
      for (const [index, subject] of subjects.entries()) await carryOut(clocks, subject, plan[index] ?? 'nothing');
      for (const { stripe } of [moving.source, moving.target]) await metered.use(stripe, USED_EACH_ROUND);
      units += USED_EACH_ROUND;
      const until_ = at(ROUNDS[round] ?? '') + 36_000;
      const begun = STARTS.filter((day) => at(day) > clocks.source.now() && at(day) <= until_);
      for (const subject of subjects) subject.expected.push(...begun.map(() => subject.quantity));
      if (begun.length > 0) billedUnits = units;
      // What was changed at the source since the last import would be a difference of the shadow, and not of who bills.
      await clocks.to(until_);
    }
    for (const subject of subjects.slice(0, -1)) await expectBilledOnce(subject);
    await expectUsageBilledOnce(subjects.at(-1) as Subject, billedUnits);
  },
  240_000,
);
