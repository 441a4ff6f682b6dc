/** The worker killed exactly at a commit: when nothing of it is in the books, and when all of it is and no history has it. */
import type Stripe from 'stripe';
import { customerWith as customerOnClock } from '../support/builders';
import { startClock } from '../support/clock';
import { contradictions } from './books';
import { holdCommit, installHolds, type Hold } from './hold';
import { insist, startStack, until, type ChaosStack } from './stack';
import {
  finalizeAt,
  monthly,
  nowSeconds,
  once,
  renewalOf,
  subscribe,
  subscribeTo,
  untilPaid,
  useCard,
  customerWith,
  type Subscribed,
} from './world';

let stack: ChaosStack;
let price: string;
jest.setTimeout(300_000);
beforeAll(async () => {
  stack = await startStack({ DATABASE_POOL: '30' });
  await installHolds(stack.sql);
  price = await monthly(stack);
}, 240_000);
afterAll(() => stack.stop());
afterEach(async () => {
  expect(await insist(() => contradictions(stack.sql))).toEqual([]);
});

const VISA = 'pm_card_visa';

/** Steps of a renewal, and where each is held: at its workflow's commit, or at the processor. */
const STEPS = ['renewSubscription', 'finalizeDraft', 'charge', 'recordPayment'] as const;

test.each([
  ['worker', 'lose', 1_301],
  ['worker', 'keep', 1_302],
  ['temporal', 'keep', 1_303],
] as const)('the %s killed at every commit of a renewal (%s): each month ends paid once', async (victim, fate, amount) => {
  const { sql } = stack;
  const renewing = nowSeconds() + 25;
  const dear = await monthly(stack, amount);
  const subscribed = await Promise.all(
    STEPS.map((step) => {
      const dueAt = step === 'renewSubscription' ? renewing : nowSeconds() + 4;
      return subscribe(stack, { card: VISA, price: step === 'charge' ? dear : price, dueAt });
    }),
  );
  const holds: Hold[] = [];
  for (const [index, step] of STEPS.entries()) {
    const { subscription, ...of } = subscribed[index] as Subscribed;
    if (step === 'renewSubscription') {
      holds.push(await holdCommit(sql, `subscription/${subscription}`, step));
      continue;
    }
    const invoice = await renewalOf(stack, { subscription, ...of });
    holds.push(await holdCommit(sql, step === 'charge' ? String(amount) : `subscription/${subscription}`, step));
    await finalizeAt(stack, invoice.id, renewing);
  }
  await Promise.all(holds.map((hold) => hold.reached()));
  stack.kill(victim);
  await Promise.all(holds.map((hold) => hold[fate]()));
  for (const of of subscribed) {
    const invoice = await renewalOf(stack, of);
    if (invoice.status === 'draft') await finalizeAt(stack, invoice.id, nowSeconds());
    expect((await untilPaid(stack, invoice.id)).attempt_count).toBe(1);
    const invoices = await stack.stripe.invoices.list({ subscription: of.subscription });
    expect(invoices.data.filter(({ amount_paid: paid }) => paid > 0).map(({ id }) => id)).toEqual([invoice.id]);
    expect((await stack.stripe.subscriptions.retrieve(of.subscription)).status).toBe('active');
  }
});

test.each([
  ['lose', 1_401],
  ['keep', 1_402],
] as const)(
  'the worker killed at every commit of an invoice of two subscriptions (%s): it is charged once, for both',
  async (fate, amount) => {
    const { sql, stripe } = stack;
    const dear = await monthly(stack, amount);
    const renewing = nowSeconds() + 12;
    const all = await Promise.all(
      STEPS.map(async (step) => {
        const customer = await customerWith(stack, VISA);
        const settings = { consolidation: 'same_day' } as Stripe.CustomerUpdateParams.InvoiceSettings;
        await insist(() => stripe.customers.update(customer, { invoice_settings: settings }, once()));
        const dueAt = step === 'renewSubscription' ? renewing : nowSeconds() + 6;
        const both = [price, step === 'charge' ? dear : price].map((each) => subscribeTo(stack, customer, { price: each, dueAt }));
        return { customer, subscriptions: await Promise.all(both) };
      }),
    );
    const sharedBy = ({ customer, subscriptions }: (typeof all)[number]) =>
      until(
        async () => {
          const [first, second] = await Promise.all(subscriptions.map((each) => renewalOf(stack, { customer, subscription: each })));
          return first?.id === second?.id ? first : null;
        },
        { what: `one invoice of ${subscriptions.join(' and ')}`, timeoutMs: 60_000 },
      );
    const holds: Hold[] = [];
    for (const [index, step] of STEPS.entries()) {
      const of = all[index] as (typeof all)[number];
      if (step === 'renewSubscription') {
        holds.push(await holdCommit(sql, `subscription/${of.subscriptions[1] ?? ''}`, step));
        continue;
      }
      const { id } = await sharedBy(of);
      holds.push(await holdCommit(sql, step === 'charge' ? String(amount + 1_000) : `invoice/${id}`, step));
      await finalizeAt(stack, id, renewing);
    }
    await Promise.all(holds.map((hold) => hold.reached()));
    stack.kill('worker');
    await Promise.all(holds.map((hold) => hold[fate]()));
    for (const of of all) {
      const { id, status } = await sharedBy(of);
      if (status === 'draft') await finalizeAt(stack, id, nowSeconds());
      const paid = await untilPaid(stack, id);
      expect(paid.attempt_count).toBe(1);
      const charges = await stripe.charges.list({ customer: of.customer });
      expect(charges.data.map(({ amount: charged, status: outcome }) => [charged, outcome])).toEqual([[paid.total, 'succeeded']]);
      for (const each of of.subscriptions) {
        expect(await stripe.subscriptions.retrieve(each)).toMatchObject({ status: 'active', latest_invoice: id });
      }
    }
  },
);

test('a worker is killed between a change and its marker while a cancellation arrives: both are done once, in the order of the commits, and both callers get the right answer', async () => {
  const { stripe, sql } = stack;
  const of = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 86_400 });
  const workflow = `subscription/${of.subscription}`;
  const hold = await holdCommit(sql, workflow, 'updateSubscription');
  const [item] = (await stripe.subscriptions.retrieve(of.subscription)).items.data;
  const items = [{ id: item?.id ?? '', quantity: 7 }];
  const updating = stripe.subscriptions.update(of.subscription, { items, proration_behavior: 'none' }, once());
  await hold.reached();
  stack.kill('worker');
  await hold.keep();
  const canceling = stripe.subscriptions.cancel(of.subscription, {}, once());
  const [updated, canceled] = await Promise.all([updating, canceling]);
  expect(updated.items.data[0]?.quantity).toBe(7);
  expect(canceled.status).toBe('canceled');
  const steps = await sql<{ step: string }[]>`select step from commits where workflow = ${workflow} order by seq`;
  expect(steps.map(({ step }) => step).filter((step) => step !== 'refresh')).toEqual([
    'createSubscription',
    'updateSubscription',
    'cancelSubscription',
  ]);
  const events = await sql<{ type: string }[]>`select type from events where object_id = ${of.subscription} order by seq`;
  expect(events.map(({ type }) => type.replace('customer.subscription.', ''))).toEqual(['created', 'updated', 'deleted']);
});

test('a worker is killed between a renewal and its marker while a cancellation arrives: the month is billed once, and nothing after it', async () => {
  const { stripe, sql } = stack;
  const of = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 6 });
  const workflow = `subscription/${of.subscription}`;
  const hold = await holdCommit(sql, workflow, 'renewSubscription');
  await hold.reached();
  stack.kill('worker');
  await hold.keep();
  const canceled = await stripe.subscriptions.cancel(of.subscription, {}, once());
  expect(canceled.status).toBe('canceled');
  const steps = await sql<{ step: string }[]>`select step from commits where workflow = ${workflow} order by seq`;
  expect(steps.map(({ step }) => step)).toEqual(['createSubscription', 'renewSubscription', 'cancelSubscription']);
  const renewals = (await stripe.invoices.list({ subscription: of.subscription })).data.filter(
    ({ billing_reason: reason }) => reason === 'subscription_cycle',
  );
  expect(renewals.length).toBe(1);
});

test('a worker is killed after it committed a decline: the caller still gets the decline', async () => {
  const { stripe, sql } = stack;
  const of = await subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 86_400 });
  await useCard(stack, of.customer, 'pm_card_chargeCustomerFail');
  const hold = await holdCommit(sql, `subscription/${of.subscription}`, 'recordPayment');
  const [item] = (await stripe.subscriptions.retrieve(of.subscription)).items.data;
  const updating = stripe.subscriptions
    .update(
      of.subscription,
      { items: [{ id: item?.id ?? '', quantity: 9 }], proration_behavior: 'always_invoice', payment_behavior: 'error_if_incomplete' },
      once(),
    )
    .then(
      () => 'said to be done',
      (error: unknown) => (error as { statusCode: number }).statusCode,
    );
  await hold.reached();
  stack.kill('worker');
  await hold.keep();
  expect(await updating).toBe(402);
  expect((await stripe.subscriptions.retrieve(of.subscription)).items.data[0]?.quantity).toBe(1);
});

test('a dunning whose wake was lost with its worker is started by the sweep, and a lost workflow is started from its rows', async () => {
  const { stripe, sql, temporal } = stack;
  const [lost, unwoken] = await Promise.all([
    subscribe(stack, { card: VISA, price, dueAt: nowSeconds() + 10 }),
    subscribe(stack, { card: 'pm_card_chargeCustomerFail', price, dueAt: nowSeconds() + 4 }),
  ]);
  await temporal.workflow.getHandle(`subscription/${lost.subscription}`).terminate('lost');
  const invoice = await renewalOf(stack, unwoken);
  const hold = await holdCommit(sql, `subscription/${unwoken.subscription}`, 'recordPayment');
  await finalizeAt(stack, invoice.id, nowSeconds());
  await hold.reached();
  stack.kill('worker');
  await hold.keep();
  const dunning = await until(async () => (await temporal.workflow.getHandle(`dunning/${invoice.id}`).describe()).status.name, {
    what: 'the recovery',
    timeoutMs: 150_000,
  });
  expect(dunning).toBe('RUNNING');
  await useCard(stack, unwoken.customer, VISA);
  await untilPaid(stack, invoice.id);
  const renewed = await renewalOf(stack, lost, 150_000);
  await finalizeAt(stack, renewed.id, nowSeconds());
  await untilPaid(stack, renewed.id);
  expect((await stripe.subscriptions.retrieve(unwoken.subscription)).status).toBe('active');
});

test('the server is killed while it holds an Idempotency-Key: the same key returns the one object that was made', async () => {
  const { stripe, sql } = stack;
  const customer = await customerWith(stack, VISA);
  const paid = await insist(() => stripe.subscriptions.create({ customer, items: [{ price }] }, { idempotencyKey: 'bought' }));
  const [charge] = (await stripe.charges.list({ customer })).data;
  const cases: { step: string; what: string; ask: (key: string) => Promise<{ id: string }> }[] = [
    { step: 'createCustomer', what: 'api/%', ask: (key: string) => stripe.customers.create({ name: 'Once' }, { idempotencyKey: key }) },
    {
      step: 'createSubscription',
      what: 'subscription/%',
      ask: (key: string) => stripe.subscriptions.create({ customer, items: [{ price }] }, { idempotencyKey: key }),
    },
    {
      step: 'createRefund',
      what: 'refund/%',
      ask: (key: string) => stripe.refunds.create({ charge: charge?.id ?? '', amount: 100 }, { idempotencyKey: key }),
    },
  ];
  expect(paid.status).toBe('active');
  for (const { step, what, ask } of cases) {
    const hold = await holdCommit(sql, what, step);
    const first = ask(step).catch((error: unknown) => error as Error);
    await hold.reached();
    stack.kill('server');
    await hold.keep();
    expect(await first).toBeInstanceOf(Error);
    const [again, atOnce] = await Promise.all([insist(() => ask(step)), insist(() => ask(step))]);
    const later = await insist(() => ask(step));
    expect([atOnce.id, later.id]).toEqual([again.id, again.id]);
    const made =
      await sql`select 1 from commits where step = ${step} and commit_key = (select id from requests where idempotency_key = ${step})`;
    expect([step, made.length]).toEqual([step, 1]);
  }
  expect((await stripe.customers.list({ limit: 100 })).data.filter(({ name }) => name === 'Once').length).toBe(1);
  expect((await stripe.charges.list({ customer })).data.length).toBe(2);
  expect((await stripe.refunds.list({ charge: charge?.id ?? '' })).data.length).toBe(1);
});

test('the server is killed while an invoice in dunning is voided: the same key answers with the void invoice, not with a refusal', async () => {
  const { stripe, sql } = stack;
  const of = await subscribe(stack, { card: 'pm_card_chargeCustomerFail', price, dueAt: nowSeconds() + 4 });
  const invoice = await renewalOf(stack, of);
  await finalizeAt(stack, invoice.id, nowSeconds());
  const isRunning = async (): Promise<boolean> =>
    (await sql`select 1 from dunnings where invoice = ${invoice.id} and status = 'running'`).length > 0;
  await until(isRunning, { what: 'a recovery' });
  const voidIt = (): Promise<Stripe.Invoice> => stripe.invoices.voidInvoice(invoice.id, {}, { idempotencyKey: 'void' });
  const hold = await holdCommit(sql, `dunning/${invoice.id}`, 'voidInvoice');
  const first = voidIt().catch((error: unknown) => error as Error);
  await hold.reached();
  stack.kill('server');
  await hold.keep();
  expect(await first).toBeInstanceOf(Error);
  expect((await insist(voidIt)).status).toBe('void');
});

/** What is killed, and where the close is then: before it began, between its two transactions, or at the end of the second. */
test.each([
  { period: '2026-01', victim: 'server', status: 'closing', fate: 'lose', left: [] },
  { period: '2026-02', victim: 'server', status: 'closing', fate: 'keep', left: ['closing', 'closed'] },
  { period: '2026-03', victim: 'server', status: 'closed', fate: 'lose', left: ['closing', 'closed'] },
  { period: '2026-04', victim: 'server', status: 'closed', fate: 'keep', left: ['closed'] },
  { period: '2026-05', victim: 'postgres', status: 'closed', fate: null, left: ['closing', 'closed'] },
] as const)(
  'the close of $period, $victim killed at `$status` ($fate): the month has all of its balances or none, and is closed once',
  async ({ period, victim, status, fate, left }) => {
    const { stripe, sql } = stack;
    await once2026(stack);
    const figures = (): Promise<unknown> => insist(() => stripe.rawRequest('GET', `/v1/ledger/trial_balance?period=${period}`));
    const before = await figures();
    const close = () => stripe.rawRequest('POST', '/v1/ledger/closes', { period });
    const end = Date.UTC(2026, Number(period.slice(5)), 1) / 1000;
    const hold = await holdCommit(sql, String(end), status);
    const closing = close().catch(() => undefined);
    await hold.reached();
    stack.kill(victim);
    if (fate !== null) await hold[fate]();
    await closing;
    const rows = await insist(
      () => sql<{ status: string; balances: number }[]>`
      select c.status, (select count(*)::int from ledger_balances b where b.close = c.id) as balances from ledger_closes c where c.ends_at = ${end}`,
    );
    expect(left).toEqual(expect.arrayContaining(rows.map((row) => row.status)));
    for (const row of rows) expect(row.balances > 0).toBe(row.status === 'closed');
    await insist(close);
    expect(await insist(() => sql`select status from ledger_closes where ends_at = ${end}`)).toEqual([{ status: 'closed' }]);
    expect(await figures()).toEqual(before);
  },
);

/** A customer whose year has something in each month, made once. */
let year: Promise<void> | null = null;
function once2026(of: ChaosStack): Promise<void> {
  return (year ??= (async () => {
    const clock = await startClock(of.stripe, '2026-01-15');
    const { customer } = await customerOnClock(of.stripe, 'pm_card_visa', { test_clock: clock.id });
    await of.stripe.subscriptions.create({ customer, items: [{ price }] });
    await clock.to('2026-06-20');
  })());
}
