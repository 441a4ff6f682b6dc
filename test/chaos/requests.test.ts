/** Many who want the same at the same moment, and a processor that cannot be relied on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { contradictions, storyOf } from './books';
import { insist, startStack, until, type ChaosStack } from './stack';
import { failingFrom, tell, type Act } from './story';
import { customerWith, finalizeAt, monthly, nowSeconds, once, renewalOf, subscribe, untilPaid } from './world';

let stack: ChaosStack;
let price: string;
jest.setTimeout(300_000);
beforeAll(async () => {
  stack = await startStack();
  price = await monthly(stack);
}, 240_000);
afterAll(() => stack.stop());
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

const VISA = 'pm_card_visa';
const FAILING = 'pm_card_chargeCustomerFail';

const order = (kind: 'lose_answer' | 'fail_before' | 'outage', count: number): Promise<unknown> =>
  stack.stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', { kind, count });
const mend = (): Promise<unknown> => stack.stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');

test('of 50 concurrent changes of one subscription each is done once or refused, one after another, and each answer is true', async () => {
  const { stripe, sql } = stack;
  const { subscription } = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 86_400 });
  const item = (await stripe.subscriptions.retrieve(subscription)).items.data[0]?.id ?? '';
  const quantities = Array.from({ length: 50 }, (_, index) => index + 2);
  const answers = await Promise.all(
    quantities.map(async (quantity) => {
      // Every fifth is billed at once, so that charges come between.
      const proration = quantity % 5 === 0 ? 'always_invoice' : 'create_prorations';
      const call = stripe.subscriptions.update(
        subscription,
        { items: [{ id: item, quantity }], proration_behavior: proration },
        { idempotencyKey: `to ${String(quantity)}` },
      );
      const status = await call.then(
        () => 200,
        (error: unknown) => (error as { statusCode: number }).statusCode,
      );
      return { quantity, status };
    }),
  );
  const done = answers.filter(({ status }) => status === 200).map(({ quantity }) => quantity);
  expect(answers.filter(({ status }) => ![200, 429, 503].includes(status))).toEqual([]);
  const workflow = `subscription/${subscription}`;
  const committed = await sql<{ key: string }[]>`
    select r.idempotency_key as key from commits c join requests r on r.id = c.commit_key
    where c.workflow = ${workflow} and c.step = 'updateSubscription' order by c.seq`;
  const order = committed.map(({ key }) => Number(key.replace('to ', '')));
  expect(new Set(order).size).toBe(order.length);
  expect(done.filter((quantity) => !order.includes(quantity))).toEqual([]);
  // What was not answered in time may have been done all the same; asked again it is answered, and not done twice.
  expect(done.length).toBeGreaterThan(10);
  const events = await sql<{ now: number; before: number | null }[]>`
    select (object -> 'items' -> 'data' -> 0 ->> 'quantity')::int as now,
      (previous_attributes -> 'items' -> 'data' -> 0 ->> 'quantity')::int as before
    from events where object_id = ${subscription} and type = 'customer.subscription.updated' and previous_attributes ? 'items' order by seq`;
  expect(events.map(({ now }) => now)).toEqual(order);
  expect(events.map(({ before }) => before)).toEqual([1, ...order.slice(0, -1)]);
  const again = await Promise.all(
    answers
      .filter(({ status }) => status !== 200)
      .map(({ quantity }) =>
        insist(() =>
          stripe.subscriptions.update(
            subscription,
            { items: [{ id: item, quantity }], proration_behavior: quantity % 5 === 0 ? 'always_invoice' : 'create_prorations' },
            { idempotencyKey: `to ${String(quantity)}` },
          ),
        ),
      ),
  );
  expect(done.length + again.length).toBe(50);
  const all = await sql`select 1 from commits where workflow = ${workflow} and step = 'updateSubscription'`;
  expect(all.length).toBe(50);
});

test('an invoice that is paid in three ways at the same moment is charged once', async () => {
  const { stripe, sql } = stack;
  const rounds = [1, 2, 3, 4];
  await Promise.all(
    rounds.map(async () => {
      const of = await subscribe(stack, { card: FAILING, price, dueAt: nowSeconds() + 4 });
      const renewal = await renewalOf(stack, of);
      await finalizeAt(stack, renewal.id, nowSeconds());
      await until(async () => (await sql`select 1 from dunnings where invoice = ${renewal.id} and status = 'running'`).length > 0, {
        what: 'a recovery',
      });
      const [row] = await sql<{ intent: string }[]>`select payment_intent as intent from invoices where id = ${renewal.id}`;
      const good = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: of.customer });
      const outcomes = await Promise.allSettled([
        stripe.invoices.pay(renewal.id, { payment_method: good.id }),
        stripe.paymentIntents.confirm(row?.intent ?? '', { payment_method: good.id }),
        stripe.customers.update(of.customer, { invoice_settings: { default_payment_method: good.id } }),
      ]);
      const untrue = outcomes.filter(
        (outcome) => outcome.status === 'rejected' && ((outcome.reason as { statusCode?: number }).statusCode ?? 500) >= 500,
      );
      expect(untrue).toEqual([]);
      await untilPaid(stack, renewal.id);
      expect((await stripe.charges.list({ customer: of.customer })).data.filter(({ status }) => status === 'succeeded').length).toBe(1);
    }),
  );
});

test.each(['lose_answer', 'fail_before'] as const)(
  'a first payment at a processor that is ordered to %s is charged once, and paid',
  async (kind) => {
    await order(kind, 1);
    const customer = await customerWith(stack, VISA);
    const subscription = await stack.stripe.subscriptions.create({ customer, items: [{ price }] }, once());
    expect(subscription.status).toBe('active');
  },
);

test('a processor is away for a while: each requested payment is charged once and paid in the end, and a cancellation succeeds meanwhile', async () => {
  const { stripe } = stack;
  const [waiting, leaving] = await Promise.all([customerWith(stack, VISA), customerWith(stack, VISA)]);
  const renewing = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 4 });
  const draft = await renewalOf(stack, renewing);
  await order('outage', 1_000);
  try {
    await finalizeAt(stack, draft.id, nowSeconds());
    const [pending, left] = await Promise.all([
      stripe.subscriptions.create({ customer: waiting, items: [{ price }] }, once()),
      stripe.subscriptions.create({ customer: leaving, items: [{ price }] }, once()),
    ]);
    expect([pending.status, left.status]).toEqual(['incomplete', 'incomplete']);
    expect((await stripe.subscriptions.cancel(renewing.subscription)).status).toBe('canceled');
    await mend();
    await untilPaid(stack, pending.latest_invoice as string);
    await until(async () => (await stripe.subscriptions.retrieve(pending.id)).status === 'active', { what: 'the subscription' });
    await until(async () => (await stack.sql`select 1 from payment_attempts where status in ('open', 'unknown')`).length === 0, {
      what: 'the outcome',
      timeoutMs: 120_000,
    });
  } finally {
    await mend();
  }
});

test('dunning uses up no retry while the processor is away', async () => {
  const { sql } = stack;
  const month = (then: () => Promise<unknown>): Act[] => [
    failingFrom(20, 'exhausted'),
    { day: 31.5, play: () => then().then(() => undefined) },
    { day: 60, play: () => Promise.resolve() },
  ];
  const calm = await tell(
    stack,
    'calm',
    month(() => Promise.resolve()),
    ['exhausted'],
  );
  const telling = tell(
    stack,
    'outage',
    month(() => order('outage', 1_000)),
    ['exhausted'],
  );
  const isUnknown = async (): Promise<boolean> => (await sql`select 1 from payment_attempts where status = 'unknown'`).length > 0;
  await until(isUnknown, { what: 'an outcome that is unknown', timeoutMs: 120_000 });
  await sleep(5_000);
  await mend();
  const told = await storyOf(sql, await telling);
  expect(told['exhausted']?.subscription?.status).toBe('canceled');
  expect(told).toEqual(await storyOf(sql, calm));
});
