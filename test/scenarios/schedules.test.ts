import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, typesOf } from '../support/builders';
import { at, iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const duration = { interval: 'month', interval_count: 1 } as const;

/** A customer with a card on 1 April, prices of 1000 and 3000 a month, and a phase of each. */
async function april() {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const [low, high] = [await priceOf(stripe, 1000), await priceOf(stripe, 3000)];
  const cheap = { items: [{ price: low }], duration };
  const dear = { items: [{ price: high, quantity: 2 }], duration };
  return { clock, customer, low, high, cheap, dear };
}
type Phases = Stripe.SubscriptionScheduleCreateParams.Phase[];

/** A schedule that starts now, and its subscription. */
async function begin(customer: string, phases: Phases, more: Stripe.SubscriptionScheduleCreateParams = {}) {
  const schedule = await stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases, ...more });
  return { schedule, id: schedule.subscription as string };
}
const totals = async (id: string) => (await invoicesOf(stripe, id)).map(({ total, status }) => [total, status]);
const shown = async (id: string) => {
  const { status, schedule, items } = await stripe.subscriptions.retrieve(id);
  return [status, schedule, ...items.data.map(({ price, quantity }) => [price.unit_amount, quantity])];
};

test('two phases are billed one after the other, then the subscription continues without the schedule', async () => {
  const { clock, customer, cheap, dear } = await april();
  const { schedule, id } = await begin(customer, [cheap, dear]);
  expect(schedule).toMatchObject({ status: 'active', current_phase: { start_date: at('2026-04-01'), end_date: at('2026-05-01') } });
  expect(await shown(id)).toEqual(['active', schedule.id, [1000, 1]]);
  expect(await totals(id)).toEqual([[1000, 'draft']]);
  await clock.to('2026-06-01T02:00:00Z');
  expect(await totals(id)).toEqual([
    [1000, 'paid'],
    [6000, 'paid'],
    [6000, 'paid'],
  ]);
  expect(await shown(id)).toEqual(['active', null, [3000, 2]]);
  const ended = await stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ['phases.items.price', 'customer'] });
  expect(ended).toMatchObject({ status: 'released', released_subscription: id, subscription: null, current_phase: null });
  expect((ended.phases[1]?.items[0]?.price as Stripe.Price).unit_amount).toBe(3000);
  expect(typesOf(await eventsOf(stripe, { type: 'subscription_schedule.*' }))).toEqual([
    'subscription_schedule.created',
    'subscription_schedule.updated',
    'subscription_schedule.expiring',
    'subscription_schedule.released',
  ]);
});

test('a trial phase becomes a paid one, and the last is canceled in the middle of a period that is billed in part', async () => {
  const { clock, customer, cheap, high } = await april();
  const trial = { ...cheap, trial: true, duration: { interval: 'week', interval_count: 2 } as const };
  const paid = { items: [{ price: high }], end_date: at('2026-05-30') };
  const { schedule, id } = await begin(customer, [trial, paid], { end_behavior: 'cancel' });
  expect(iso((await stripe.subscriptions.retrieve(id)).cancel_at)).toBe('2026-05-30');
  await clock.to('2026-06-02');
  // The second month, from 15 May to 15 June, is cut to 15 of 31 days: 3000 × 15 ÷ 31.
  expect(await totals(id)).toEqual([
    [0, 'paid'],
    [3000, 'paid'],
    [1452, 'paid'],
  ]);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled');
  const { status, completed_at } = await stripe.subscriptionSchedules.retrieve(schedule.id);
  expect([status, iso(completed_at)]).toEqual(['completed', '2026-05-30']);
});

test('a phase that starts in the middle of a period makes the invoice of its preview', async () => {
  const { clock, customer, low, dear } = await april();
  const phases: Phases = [
    { items: [{ price: low }], end_date: at('2026-04-11') },
    { ...dear, proration_behavior: 'always_invoice' },
  ];
  const { schedule, id } = await begin(customer, phases);
  await clock.to('2026-04-07T13:14:15Z');
  const preview = await stripe.invoices.createPreview({ schedule: schedule.id });
  await clock.to('2026-04-11');
  const [, made] = await invoicesOf(stripe, id);
  const lines = ({ data }: Stripe.ApiList<Stripe.InvoiceLineItem>) => data.map(({ amount, description }) => [amount, description]);
  expect([preview.total, lines(preview.lines)]).toEqual([made?.total, made && lines(made.lines)]);
  expect([made?.total, made?.status]).toEqual([3333, 'paid']);
});

test('a change of the running phase is prorated as in its preview; future phases are replaced', async () => {
  const { clock, customer, high, cheap, dear } = await april();
  const { schedule, id } = await begin(customer, [cheap, dear]);
  await clock.to('2026-04-11');
  const phases: Stripe.SubscriptionScheduleUpdateParams.Phase[] = [
    { start_date: at('2026-04-01'), end_date: at('2026-05-01'), items: [{ price: high }] },
    { items: [{ price: high, quantity: 4 }], duration },
  ];
  const preview = await stripe.invoices.createPreview({ schedule: schedule.id, schedule_details: { phases } });
  const changed = await stripe.subscriptionSchedules.update(schedule.id, { phases, proration_behavior: 'create_prorations' });
  expect(changed.phases.map(({ items }) => items[0]?.quantity)).toEqual([1, 4]);
  expect(await shown(id)).toEqual(['active', schedule.id, [3000, 1]]);
  await clock.to('2026-05-01T02:00:00Z');
  const made = (await invoicesOf(stripe, id)).at(-1);
  expect([made?.total, preview.total]).toEqual([13_333, 13_333]);
});

test('a downgrade at the end of the period, by a schedule from the subscription', async () => {
  const { clock, customer, low, high } = await april();
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: high }] });
  await clock.to('2026-04-11');
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
  const [running] = schedule.phases;
  await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      { start_date: running?.start_date ?? 0, end_date: running?.end_date ?? 0, items: [{ price: high }] },
      { items: [{ price: low }], duration },
    ],
  });
  expect(await shown(id)).toEqual(['active', schedule.id, [3000, 1]]);
  await clock.to('2026-06-01T02:00:00Z');
  expect(await totals(id)).toEqual([
    [3000, 'paid'],
    [1000, 'paid'],
    [1000, 'paid'],
  ]);
  expect(await refusal(stripe.subscriptionSchedules.create({ from_subscription: id, end_behavior: 'cancel' }))).toMatchObject({
    param: 'end_behavior',
  });
});

test('a schedule that starts later waits, can be changed meanwhile, and starts on its day', async () => {
  const { clock, customer, cheap, dear } = await april();
  const planned = await stripe.subscriptionSchedules.create({ customer, start_date: at('2026-05-10'), phases: [cheap] });
  expect(planned).toMatchObject({ status: 'not_started', subscription: null, current_phase: null });
  const waiting = await stripe.subscriptionSchedules.list({ customer, scheduled: true });
  expect(waiting.data.map(({ id }) => id)).toEqual([planned.id]);
  await stripe.subscriptionSchedules.update(planned.id, { phases: [{ ...dear, start_date: at('2026-05-12') }] });
  const preview = await stripe.invoices.createPreview({ schedule: planned.id });
  await clock.to('2026-05-12T02:00:00Z');
  const started = await stripe.subscriptionSchedules.retrieve(planned.id, { expand: ['subscription'] });
  const subscription = started.subscription as Stripe.Subscription;
  expect([started.status, subscription.status, iso(subscription.start_date)]).toEqual(['active', 'active', '2026-05-12']);
  expect(await totals(subscription.id)).toEqual([[preview.total, 'paid']]);
  expect((await stripe.subscriptionSchedules.list({ customer, scheduled: true })).data).toEqual([]);
});

test('release keeps the subscription, cancel ends it, and both are final', async () => {
  const { clock, customer, cheap, dear } = await april();
  const [kept, ended] = [await begin(customer, [cheap, dear]), await begin(customer, [cheap, dear])];
  await clock.to('2026-04-11');
  expect(await stripe.subscriptionSchedules.release(kept.schedule.id)).toMatchObject({
    status: 'released',
    released_subscription: kept.id,
  });
  expect(await shown(kept.id)).toEqual(['active', null, [1000, 1]]);
  expect(await stripe.subscriptionSchedules.cancel(ended.schedule.id)).toMatchObject({ status: 'canceled' });
  // 20 of 30 days were paid and not used.
  expect((await totals(ended.id)).at(-1)).toEqual([-667, 'paid']);
  for (const id of [kept.schedule.id, ended.schedule.id]) {
    expect(await refusal(stripe.subscriptionSchedules.update(id, { end_behavior: 'cancel' }))).toMatchObject({ statusCode: 400 });
    expect(await refusal(stripe.subscriptionSchedules.release(id))).toMatchObject({ statusCode: 400 });
  }
});

test('a scheduled subscription can be changed, but neither ended nor paused directly', async () => {
  const { customer, cheap, dear } = await april();
  const { schedule, id } = await begin(customer, [cheap, dear]);
  const message = expect.stringContaining(`managed by the subscription schedule \`${schedule.id}\``) as string;
  expect(await refusal(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).toMatchObject({ statusCode: 400, message });
  expect(await refusal(product.post(`/v1/subscriptions/${id}/pause`, { type: 'subscription' }))).toMatchObject({
    statusCode: 400,
    message,
  });
  const item = (await stripe.subscriptions.retrieve(id)).items.data[0]?.id ?? '';
  await stripe.subscriptionItems.update(item, { quantity: 5 });
  expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).phases[0]?.items[0]?.quantity).toBe(5);
});

test('concurrent changes of the schedule and of its subscription are made one after another, and agree', async () => {
  const { customer, low, cheap, dear } = await april();
  const { schedule, id } = await begin(customer, [cheap, dear]);
  const item = (await stripe.subscriptions.retrieve(id)).items.data[0]?.id ?? '';
  const running = { start_date: at('2026-04-01'), end_date: at('2026-05-01') };
  await Promise.all(
    [2, 3, 4, 5, 6, 7].map((quantity) =>
      quantity % 2 === 0
        ? stripe.subscriptionSchedules.update(schedule.id, { phases: [{ ...running, items: [{ price: low, quantity }] }, dear] })
        : stripe.subscriptionItems.update(item, { quantity }),
    ),
  );
  const quantity = (await stripe.subscriptions.retrieve(id)).items.data[0]?.quantity;
  const { phases } = await stripe.subscriptionSchedules.retrieve(schedule.id);
  expect([phases.length, phases[0]?.items[0]?.quantity]).toEqual([2, quantity]);
});

test('in real time, the timer of a schedule that starts soon starts it', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const price = await priceOf(stripe, 1000);
  const start = Math.floor(Date.now() / 1000) + 3;
  const { id } = await stripe.subscriptionSchedules.create({ customer, start_date: start, phases: [{ items: [{ price }], duration }] });
  const { subscription } = await until(
    async () => {
      const schedule = await stripe.subscriptionSchedules.retrieve(id);
      return schedule.status === 'active' ? schedule : null;
    },
    { timeoutMs: 30_000, what: `the start of ${id}` },
  );
  const begun = await until(async () => stripe.subscriptions.retrieve(subscription as string).catch(() => null), {
    timeoutMs: 30_000,
    what: 'its subscription',
  });
  expect([begun.status, begun.schedule, begun.start_date]).toEqual(['active', id, start]);
});

test('impossible schedules are refused with their parameter, and create nothing', async () => {
  const { customer, low, cheap } = await april();
  const create = (more: Record<string, unknown>) =>
    refusal(stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases: [cheap], ...more }));
  expect(await create({ phases: [] })).toMatchObject({ param: 'phases' });
  expect(await create({ phases: [{ ...cheap, end_date: at('2026-05-01') }] })).toMatchObject({ code: 'parameters_exclusive' });
  expect(await create({ phases: [{ ...cheap, on_behalf_of: 'acct_1' }] })).toMatchObject({ code: 'parameter_unsupported' });
  expect(await create({ phases: [{ ...cheap, whatever: 1 }] })).toMatchObject({ code: 'parameter_unknown' });
  expect(await create({ phases: [{ items: [{ price: low }, { price: low }], duration }] })).toMatchObject({
    param: 'phases[0][items][1][price]',
  });
  expect(await create({ phases: [{ ...cheap, discounts: [{ coupon: 'none' }] }] })).toMatchObject({ code: 'resource_missing' });
  expect((await stripe.subscriptionSchedules.list({ customer })).data).toEqual([]);
  expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
});
