import type Stripe from 'stripe';
import { useProduct } from '../support/product';
import { until } from '../support/system';

/** A processor that is away for longer than a payment waits for it. */
const product = useProduct();

test('an intent that is confirmed while the processor is away reads processing, opens no second attempt, and settles when it is back', async () => {
  const { stripe, sql } = product;
  const { id } = await stripe.paymentIntents.create({ amount: 1700, currency: 'usd', payment_method: 'pm_card_visa' });
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1_000 });
  const outcome = (call: Promise<Stripe.PaymentIntent>) =>
    call.then(
      ({ status }) => status,
      (error: unknown) => (error as Stripe.errors.StripeError).code,
    );
  const first = outcome(stripe.paymentIntents.confirm(id));
  const attempts = () => sql<{ status: string }[]>`select status from payment_attempts where intent = ${id}`;
  await until(async () => (await attempts())[0]?.status === 'open', { what: 'the attempt' });
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
  const second = outcome(stripe.paymentIntents.confirm(id));
  await until(async () => (await attempts())[0]?.status === 'unknown', { what: 'the end of its tries' });
  expect(await attempts()).toHaveLength(1);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
  expect(await first).toBe('succeeded');
  expect(await second).toBe('payment_intent_unexpected_state');
  expect((await stripe.charges.list({ payment_intent: id })).data.map(({ amount, status }) => [amount, status])).toEqual([
    [1700, 'succeeded'],
  ]);
  expect(await attempts()).toEqual([{ status: 'succeeded' }]);
}, 100_000);
