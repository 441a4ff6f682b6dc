import { setTimeout as sleep } from 'node:timers/promises';
import { useProduct } from '../support/product';
import { until } from '../support/system';
import { spawnWorker } from '../support/worker-process';

/** A worker whose planning of one subscription's renewal does not return: all others continue. */
const product = useProduct({ worker: false });

async function trialing(name: string, trialEnd: number): Promise<string> {
  const { stripe } = product;
  const customer = await stripe.customers.create({ name });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: 500, recurring: { interval: 'month' }, product_data: { name } });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_end: trialEnd,
    default_payment_method: card.id,
  });
  return subscription.id;
}

test('planning that does not return holds its subscription; the worker restarts, and others renew', async () => {
  const { stripe } = product;
  const first = await spawnWorker(product.system);
  const trialEnd = Math.floor(Date.now() / 1000) + 12;
  const subscriptions = await Promise.all(['Ann', 'Ben', 'Cora'].map((name) => trialing(name, trialEnd)));
  const [stuck = '', ...others] = subscriptions;
  await first.stop();
  const ended = await spawnWorker(product.system, { preload: 'endless-planning.ts', env: { DUNLIN_TEST_ENDLESS: stuck } });
  await ended.ended;
  const again = await spawnWorker(product.system, { preload: 'endless-planning.ts', env: { DUNLIN_TEST_ENDLESS: stuck } });
  await until(
    async () => (await Promise.all(others.map((id) => stripe.subscriptions.retrieve(id)))).every(({ status }) => status === 'active'),
    { timeoutMs: 60_000, what: 'the others' },
  );
  const { data } = (await product.get('/v1/held')) as unknown as { data: { subject: string; reason: string; retries_at: null }[] };
  expect(data).toMatchObject([{ subject: stuck, reason: 'stuck', retries_at: null }]);
  // It is not planned again, and callers get an answer at once.
  await expect(stripe.subscriptions.update(stuck, { metadata: { a: 'b' } })).rejects.toMatchObject({ statusCode: 500, message: /held/ });
  await sleep(1_000);
  expect(again.isRunning()).toBe(true);
  await again.stop();
}, 150_000);
