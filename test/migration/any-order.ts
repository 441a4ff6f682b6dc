/** Whatever is done in whatever order, each period and each unit of usage is billed once, by one of the two systems. */
import fc from 'fast-check';
import type Stripe from 'stripe';
import { until } from '../support/system';
import {
  creditLeft,
  grantOf,
  imported,
  meteredSubscriber,
  startClocks,
  subscriber,
  type Clocks,
  type Metered,
  type Moving,
} from './moving';

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

async function latestCutover({ target }: Moving, customer: string): Promise<CutoverAnswer | undefined> {
  const { data } = (await target.get(`/v1/cutovers?customer=${customer}&limit=1`)) as unknown as { data: CutoverAnswer[] };
  return data[0];
}

const settled = (moving: Moving, customer: string): Promise<string> =>
  until(
    async () => {
      const { status = 'none' } = (await latestCutover(moving, customer)) ?? {};
      return status === 'freezing' || status === 'returning' ? null : status;
    },
    { timeoutMs: 60_000, what: `the cutover of ${customer}` },
  );

/** What is refused is not legal at that moment, and changes nothing. */
async function carryOut(moving: Moving, clocks: Clocks, subject: Subject, wanted: Step): Promise<void> {
  const { target } = moving;
  const { customer } = subject;
  if (wanted === 'import') await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
  if (wanted === 'cutOver') await target.post('/v1/cutovers', { customer, force: true }).catch(() => null);
  if (wanted === 'takeBack') {
    const latest = await latestCutover(moving, customer);
    if (latest) await target.post(`/v1/cutovers/${latest.id}/return`).catch(() => null);
  }
  if (wanted === 'restart') {
    await target.system.stopWorker();
    await target.system.startWorker();
  }
  const billsHere = (await settled(moving, customer)) === 'done';
  if (wanted === 'changeQuantity' && !subject.metered) await changeQuantity(moving, subject, billsHere);
}

async function changeQuantity({ source, target }: Moving, subject: Subject, billsHere: boolean): Promise<void> {
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

async function expectBilledOnce({ source, target }: Moving, { subscription, expected }: Subject): Promise<void> {
  const lines = [...(await paidLines(source.stripe, subscription)), ...(await paidLines(target.stripe, subscription))];
  const billed = lines.map(({ period, quantity }) => [period.start, quantity]).sort(([a = 0], [b = 0]) => Number(a) - Number(b));
  expect(billed).toEqual(expected.map((quantity, index) => [at(STARTS[index] ?? ''), quantity]));
}

const CREDIT = 2000;
const USED_EACH_ROUND = 70;

async function expectUsageBilledOnce(moving: Moving, { customer, subscription }: Subject, units: number): Promise<void> {
  const { source, target } = moving;
  const invoices = await Promise.all(
    [source, target].map(({ stripe }) => stripe.invoices.list({ subscription, status: 'paid', limit: 100 })),
  );
  const paid = invoices.flatMap(({ data }) => data).reduce((sum, { total }) => sum + total, 0);
  const isHere = (await settled(moving, customer)) === 'done';
  const left = await creditLeft((isHere ? target : source).stripe, customer);
  expect(paid + CREDIT - left).toBe(units * 10);
}

/** Customers with so many subscriptions by the card, and a last one who pays for usage. */
async function subjectsOf(moving: Moving, clocks: Clocks, cards: number): Promise<{ subjects: Subject[]; metered: Metered }> {
  const subjects: Subject[] = [];
  for (let index = 0; index < cards; index += 1) {
    const of = await subscriber(moving, clocks.source.id, { amount: 500 });
    subjects.push({ ...of, quantity: 1, expected: [1], metered: null });
  }
  const metered = await meteredSubscriber(moving, clocks.source.id, { amount: 10 });
  await grantOf(moving.source.stripe, metered.customer, CREDIT);
  return { subjects: [...subjects, { ...metered, quantity: 1, expected: [], metered }], metered };
}

/** The steps of a life are those of its seed; it has up to seven rounds, of five periods. */
export function testAnyOrder(moving: Moving, { seed, cards, rounds }: { seed: number; cards: number; rounds: number }): void {
  test(`in any order of steps (${String(seed)}), nobody is billed twice or not at all`, async () => {
    const clocks = await startClocks(moving, '2026-01-15');
    const { subjects, metered } = await subjectsOf(moving, clocks, cards);
    await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
    const plans = fc.sample(fc.array(step, { minLength: subjects.length, maxLength: subjects.length }), { numRuns: rounds, seed });
    let billedUnits = 0;
    let units = 0;
    for (const [round, plan] of plans.entries()) {
      for (const [index, subject] of subjects.entries()) await carryOut(moving, clocks, subject, plan[index] ?? 'nothing');
      for (const { stripe } of [moving.source, moving.target]) await metered.use(stripe, USED_EACH_ROUND);
      units += USED_EACH_ROUND;
      const until_ = at(ROUNDS[round] ?? '') + 36_000;
      const begun = STARTS.filter((day) => at(day) > clocks.source.now() && at(day) <= until_);
      for (const subject of subjects) subject.expected.push(...begun.map(() => subject.quantity));
      if (begun.length > 0) billedUnits = units;
      // What was changed at the source since the last import would be a difference of the shadow, and not of who bills.
      await clocks.to(until_);
    }
    for (const subject of subjects.slice(0, -1)) await expectBilledOnce(moving, subject);
    await expectUsageBilledOnce(moving, subjects.at(-1) as Subject, billedUnits);
  }, 240_000);
}
