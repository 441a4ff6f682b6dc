import { setTimeout as sleep } from 'node:timers/promises';
import { DEADLINES } from '../../domain/core/deadlines';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';
import { until } from '../support/system';

/** A processor that is away for longer than a caller waits. */
const product = useProduct();

/** What a payment itself tries, before its outcome counts as unknown. */
const TRIES = 4;
/** Further ones that get no answer; the next one does. */
const QUESTIONS = 4;

test('an unknown outcome is queried more than four times, until the processor answers, and the card is charged once', async () => {
  const { stripe, sql } = product;
  const customer = await stripe.customers.create({ name: 'Waits' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: TRIES + QUESTIONS });
  const params = { customer: customer.id, amount: 1500, currency: 'usd', payment_method: card.id, confirm: true, off_session: true };
  const paid = await stripe.paymentIntents.create(params, { timeout: 70_000 });
  expect(paid.status).toBe('succeeded');
  // All of the calls that were to fail have failed.
  expect(await sql`select 1 from sandbox_faults where remaining > 0`).toHaveLength(0);
  expect((await stripe.charges.list({ customer: customer.id })).data.map(({ amount, status }) => [amount, status])).toEqual([
    [1500, 'succeeded'],
  ]);
}, 100_000);

test('a confirmation is answered 503 before its client gives up; a repetition under its key finds its one payment', async () => {
  const { stripe, sql } = product;
  const { id } = await stripe.paymentIntents.create({ amount: 1900, currency: 'usd', payment_method: 'pm_card_visa' });
  await stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1_000 });
  const begun = Date.now();
  const key = { idempotencyKey: 'confirm-once', timeout: 80_000 };
  expect(await refusal(stripe.paymentIntents.confirm(id, {}, key))).toMatchObject({ statusCode: 503 });
  expect(Date.now() - begun).toBeLessThan(DEADLINES.writing + 5_000);
  expect((await stripe.paymentIntents.retrieve(id)).status).toBe('processing');
  const again = stripe.paymentIntents.confirm(id, {}, key);
  await sleep(1_000);
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
  expect((await again).status).toBe('succeeded');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', { what: 'the payment' });
  expect((await stripe.charges.list({ payment_intent: id })).data.map(({ amount }) => amount)).toEqual([1900]);
  expect(await sql`select status from payment_attempts where intent = ${id}`).toEqual([{ status: 'succeeded' }]);
}, 200_000);
