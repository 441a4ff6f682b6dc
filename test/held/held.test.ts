import { installBrokenSteps, type BrokenSteps } from '../../scripts/broken-steps';
import { sweep } from '../../temporal/sweep';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';
import { DAY, monthlyPrice, subscribe, T0, untilReady } from '../test-clocks/lifecycle';

/** Entities whose next step fails by a mistake of ours. */
let product: Product;
let broken: BrokenSteps;
beforeAll(async () => {
  product = await startProduct();
  broken = await installBrokenSteps(product.sql);
}, 120_000);
afterAll(() => product.stop());

interface Held {
  id: string;
  workflow: string;
  subject: string;
  step: string;
  reason: string;
  times_failed: number;
  failure: { name: string; message: string; where: string | null };
}

async function heldOf(subject: string): Promise<Held[]> {
  const { data } = (await product.get('/v1/held?limit=100')) as unknown as { data: Held[] };
  return data.filter((each) => each.subject === subject);
}

const release = (id: string) => product.post(`/v1/held/${id}/release`);

async function brokenOnClock() {
  const { stripe } = product;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const price = await monthlyPrice(product.system);
  const { subscription } = await subscribe(product.system, { clock: clock.id, price });
  await broken.break([`subscription/${subscription.id}`], 'renewSubscription');
  return { clock: clock.id, subscription: subscription.id };
}

const invoicesOf = async (subscription: string) => (await product.stripe.invoices.list({ subscription })).data;

test('a subscription whose renewal fails is held; its clock advances without it and lists it, and others renew', async () => {
  const { stripe } = product;
  const { clock, subscription } = await brokenOnClock();
  const healthy = await subscribe(product.system, { clock, price: await monthlyPrice(product.system) });
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(product.system, clock);
  expect((await stripe.testHelpers.testClocks.retrieve(clock)).status).toBe('ready');
  expect(await invoicesOf(healthy.subscription.id)).toHaveLength(2);
  expect(await invoicesOf(subscription)).toHaveLength(1);
  const [held] = await heldOf(subscription);
  expect(held).toMatchObject({ workflow: `subscription/${subscription}`, step: 'renewSubscription', reason: 'failed', times_failed: 1 });
  expect(held?.failure).toMatchObject({ name: 'PostgresError', message: 'Postgres P0001' });
});

test('released after its row is repaired, it does what it missed, and is no longer held', async () => {
  const { stripe } = product;
  const { clock, subscription } = await brokenOnClock();
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(product.system, clock);
  const [held] = await heldOf(subscription);
  await release(held?.id ?? '');
  await until(async () => (await heldOf(subscription))[0]?.times_failed === 2, { what: 'a second failure' });
  await broken.mend(`subscription/${subscription}`);
  await release(held?.id ?? '');
  await until(async () => (await heldOf(subscription)).length === 0, { what: 'the end of the hold' });
  expect(await invoicesOf(subscription)).toHaveLength(2);
});

test('the caller of a held entity gets an answer at once, and a change that succeeds ends the hold', async () => {
  const { stripe } = product;
  const { clock, subscription } = await brokenOnClock();
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(product.system, clock);
  expect(await heldOf(subscription)).toHaveLength(1);
  // An error of the change itself is returned at once, and the entity stays unchanged.
  await broken.break([`subscription/${subscription}`], 'updateSubscription');
  await expect(stripe.subscriptions.update(subscription, { metadata: { a: 'b' } })).rejects.toMatchObject({
    statusCode: 500,
    message: expect.stringContaining('mistake of its own') as unknown,
  });
  expect(await heldOf(subscription)).toHaveLength(1);
  const canceled = await stripe.subscriptions.cancel(subscription, { prorate: false });
  expect(canceled.status).toBe('canceled');
  await until(async () => (await heldOf(subscription)).length === 0, { what: 'the end of the hold' });
});

test('another version of Dunlin retries what this version held', async () => {
  const { stripe, system } = product;
  const { clock, subscription } = await brokenOnClock();
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(system, clock);
  expect(await heldOf(subscription)).toHaveLength(1);
  await broken.mend(`subscription/${subscription}`);
  const options = { sql: product.sql, client: system.temporal, taskQueue: system.taskQueue };
  const quiet = { notifyEndpoints: () => undefined, logger: { warn: () => undefined } };
  await sweep({ ...options, ...quiet, appVersion: 'test' });
  expect(await heldOf(subscription)).toHaveLength(1);
  await sweep({ ...options, ...quiet, appVersion: 'the next' });
  await until(async () => (await heldOf(subscription)).length === 0, { what: 'the end of the hold' });
  expect(await invoicesOf(subscription)).toHaveLength(2);
});

test('a hold is visible to its own account and mode only', async () => {
  const { stripe } = product;
  const { clock, subscription } = await brokenOnClock();
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(product.system, clock);
  const [held] = await heldOf(subscription);
  const live = { headers: { authorization: `Bearer ${product.system.keys.live}` } };
  const listed = (await (await fetch(`${product.url}/v1/held`, live)).json()) as { data: Held[] };
  expect(listed.data).toEqual([]);
  const released = await fetch(`${product.url}/v1/held/${held?.id ?? ''}/release`, { method: 'POST', ...live });
  expect(released.status).toBe(404);
});

test('a planner that throws reports the place in the code, and no personal data', async () => {
  const { stripe } = product;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const price = await monthlyPrice(product.system);
  const { subscription } = await subscribe(product.system, { clock: clock.id, price });
  await product.sql`update prices set recurring = '{"interval": "eon", "interval_count": 1, "usage_type": "licensed"}' where id = ${price}`;
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: T0 + 40 * DAY });
  await untilReady(product.system, clock.id);
  const [held] = await heldOf(subscription.id);
  expect(held).toMatchObject({ step: 'renewSubscription', reason: 'failed' });
  expect(held?.failure.where).toMatch(/^(domain|objects)\/.*\.ts:\d+$/);
  expect(held?.failure.message).toBe('a price recurs every 1 eon, which is no interval');
});
