import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { DAY, HOUR, startClock, type VirtualClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';
import { testPausedRenewals } from './paused';

/** Processors that are paused, by an operator or by their failures, and the switch for all movement of money. */
const product = useProduct({ processors: 'sandbox,sandbox-eu', sweepEveryMs: 1_000 });
booksBalanceAfterEach(product);

const { stripe } = product;

const pause = (name: string) => product.post(`/v1/processors/${name}/pause`, { reason: 'a test' });
const resume = (name: string) => product.post(`/v1/processors/${name}/resume`);

afterEach(async () => {
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
  for (const name of ['all', 'sandbox', 'sandbox-eu']) await resume(name);
});

testPausedRenewals(product, 15, 240_000);

/** One subscription that renews while everything waits, an hour after the renewal. */
async function waitingRenewal(
  card = 'pm_card_visa',
): Promise<{ clock: VirtualClock; customer: string; subscription: string; invoice: string }> {
  const clock = await startClock(stripe, '2026-03-01');
  const { customer } = await customerWith(stripe, card, { test_clock: clock.id });
  const { id: subscription } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await pause('all');
  await clock.to('2026-04-01T02:00:00Z');
  const invoice = (await invoicesOf(stripe, subscription)).at(-1);
  expect(invoice).toMatchObject({ status: 'open', attempt_count: 0 });
  return { clock, customer, subscription, invoice: invoice?.id ?? '' };
}

/** What waited is sent, and the clock has gone on for a minute. */
async function goOn(clock: VirtualClock): Promise<void> {
  await resume('all');
  await clock.by(60);
}

const chargesOf = async (customer: string): Promise<[number, string, string | null][]> =>
  (await stripe.charges.list({ customer })).data.map(({ amount, status, payment_method: card }) => [amount, status, card]);

describe('while a renewal waits', () => {
  test('the subscription is canceled: its charge is withdrawn', async () => {
    const { clock, customer, subscription, invoice } = await waitingRenewal();
    await stripe.subscriptions.cancel(subscription);
    await goOn(clock);
    expect(await chargesOf(customer)).toHaveLength(1);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', auto_advance: false, attempt_count: 0 });
  });

  test('the customer enters another card: that one is charged, and not the old one', async () => {
    const { clock, customer, invoice } = await waitingRenewal();
    const card = await useCard(stripe, customer, 'pm_card_mastercard');
    await goOn(clock);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', attempt_count: 1 });
    expect((await chargesOf(customer))[0]).toEqual([1000, 'succeeded', card]);
  });

  test('the customer removes their card: it is not charged, and the invoice has failed for want of one', async () => {
    const { clock, customer, subscription, invoice } = await waitingRenewal();
    const [card] = (await stripe.paymentMethods.list({ customer })).data;
    await stripe.paymentMethods.detach(card?.id ?? '');
    await goOn(clock);
    expect(await chargesOf(customer)).toHaveLength(1);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', attempt_count: 1 });
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('past_due');
    const next = await useCard(stripe, customer, 'pm_card_mastercard');
    await clock.by(HOUR);
    expect((await chargesOf(customer))[0]).toEqual([1000, 'succeeded', next]);
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
  });

  test('the invoice is paid out of band: no card is charged', async () => {
    const { clock, customer, invoice } = await waitingRenewal();
    expect(await stripe.invoices.pay(invoice, { paid_out_of_band: true })).toMatchObject({ status: 'paid' });
    await goOn(clock);
    expect(await chargesOf(customer)).toHaveLength(1);
  });

  test('the invoice is voided: no card is charged', async () => {
    const { clock, customer, invoice } = await waitingRenewal();
    expect((await stripe.invoices.voidInvoice(invoice)).status).toBe('void');
    await goOn(clock);
    expect(await chargesOf(customer)).toHaveLength(1);
  });

  test('the timeline and the explanation of the invoice say for what it waits', async () => {
    const { clock, subscription, invoice } = await waitingRenewal();
    expect(await product.get(`/v1/invoices/${invoice}/explain`)).toMatchObject({
      payment_waits: { reason: 'money_stopped', processor: 'sandbox', sends_at: null },
    });
    expect(JSON.stringify(await product.get(`/v1/subscriptions/${subscription}/timeline`))).toContain(
      'waits: all movement of money is stopped',
    );
    await goOn(clock);
    expect(await product.get(`/v1/invoices/${invoice}/explain`)).toMatchObject({ payment_waits: null });
  });
});

test('a recovery spends no step while its processor is paused, and the retries after it keep their intervals', async () => {
  const clock = await startClock(stripe, '2026-03-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-04-01T02:00:00Z');
  const attempts = async (): Promise<number | undefined> => (await invoicesOf(stripe, id)).at(-1)?.attempt_count;
  expect(await attempts()).toBe(1);
  await pause('sandbox');
  await clock.by(6 * DAY);
  expect(await attempts()).toBe(1);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  await resume('sandbox');
  await clock.by(HOUR);
  expect(await attempts()).toBe(2);
  const next = (await invoicesOf(stripe, id)).at(-1)?.next_payment_attempt ?? 0;
  expect(next).toBeGreaterThan(clock.now());
});

test('one switch stops charges, captures and refunds, another lets them go on, and both are on record', async () => {
  const params = { amount: 2000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
  const authorized = await stripe.paymentIntents.create({ ...params, capture_method: 'manual' });
  const paid = await stripe.paymentIntents.create(params);
  const before = await product.sql`select key from sandbox_operations`;
  await pause('all');
  const waiting = await stripe.paymentIntents.create(params);
  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  const captured = await stripe.paymentIntents.capture(authorized.id);
  expect([waiting.status, refund.status, captured.status]).toEqual(['processing', 'pending', 'requires_capture']);
  expect(await product.sql`select key from sandbox_operations`).toHaveLength(before.length);
  expect(await product.get('/v1/processors/all')).toMatchObject({ status: 'paused', waiting: { captures: 1, charges: 1, refunds: 1 } });
  await resume('all');
  await until(async () => (await stripe.paymentIntents.retrieve(waiting.id)).status === 'succeeded', { what: 'the charge' });
  await until(async () => (await stripe.refunds.retrieve(refund.id)).status === 'succeeded', { what: 'the refund' });
  await until(async () => (await stripe.paymentIntents.retrieve(authorized.id)).status === 'succeeded', { what: 'the capture' });
  expect(await product.sql`select key from sandbox_operations`).toHaveLength(before.length + 3);
  const { data } = (await product.get('/v1/operator_actions?processor=all&limit=2')) as { data: object[] };
  expect(data).toMatchObject([
    { object: 'operator_action', action: 'resume', charges_per_second: 20 },
    { action: 'pause', reason: 'a test', api_key: expect.any(String) as string },
  ]);
});

test('what waits can be canceled: a payment, a refund and an authorization whose capture waits', async () => {
  const params = { amount: 2100, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
  const authorized = await stripe.paymentIntents.create({ ...params, capture_method: 'manual' });
  const paid = await stripe.paymentIntents.create(params);
  await pause('sandbox');
  const waiting = await stripe.paymentIntents.create(params);
  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  await stripe.paymentIntents.capture(authorized.id);
  expect((await stripe.paymentIntents.cancel(waiting.id)).status).toBe('canceled');
  expect((await stripe.refunds.cancel(refund.id)).status).toBe('canceled');
  expect((await stripe.paymentIntents.cancel(authorized.id)).status).toBe('canceled');
  expect(await product.get('/v1/processors/sandbox')).toMatchObject({ waiting: { captures: 0, charges: 0, refunds: 0 } });
  await resume('sandbox');
  expect((await stripe.paymentIntents.retrieve(waiting.id)).amount_received).toBe(0);
});

test.each([false, true])('a refund that waits is not sent once the bank has taken the money back (inquiry first: %s)', async (inquiry) => {
  const clock = await startClock(stripe, '2026-03-01');
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const params = { amount: 2600, currency: 'usd', customer, payment_method: card ?? '', confirm: true };
  const { id: payment_intent, latest_charge: charge } = await stripe.paymentIntents.create(params);
  await pause('sandbox');
  const refund = await stripe.refunds.create({ payment_intent, amount: 700 });
  const dispute = await product.post(`/v1/test_helpers/charges/${charge as string}/dispute`, { inquiry });
  if (inquiry) {
    await stripe.disputes.update(dispute['id'] as string, { evidence: { uncategorized_text: 'escalate_inquiry_evidence' } });
    await clock.by(2 * DAY);
  }
  await resume('sandbox');
  await clock.by(HOUR);
  expect(await stripe.disputes.retrieve(dispute['id'] as string)).toMatchObject({ status: 'needs_response', amount: 2600 });
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    ...{ status: 'failed', failure_reason: 'charge_for_pending_refund_disputed' },
  });
  expect(await product.sql`select key from sandbox_operations where key = ${refund.id}`).toEqual([]);
  expect(await product.get('/v1/processors/sandbox')).toMatchObject({ waiting: { refunds: 0 } });
});

test('a processor that has authenticated the cardholder keeps the charge when it is paused: no other is asked', async () => {
  const split = [{ processor: 'sandbox-eu', percent: 100 }];
  await product.post('/v1/routing', { rules: [{ name: 'all', split, fallback: ['sandbox'], fallback_on: ['paused'] }] });
  const payment_method = 'pm_card_threeDSecure2Required';
  const { id } = await stripe.paymentIntents.create({ amount: 2700, currency: 'eur', payment_method, confirm: true });
  await pause('sandbox-eu');
  const authenticated = await product.post(`/v1/test_helpers/payment_intents/${id}/authenticate`, { result: 'succeeded' });
  expect(authenticated['status']).toBe('processing');
  expect(await product.get('/v1/processors/sandbox-eu')).toMatchObject({ waiting: { charges: 1 } });
  await resume('sandbox-eu');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', { what: 'the charge' });
  const asked = await product.sql`select distinct processor from sandbox_operations where kind = 'charge' and amount = 2700`;
  expect(asked).toEqual([{ processor: 'sandbox-eu' }]);
  await product.post('/v1/routing', { rules: '' });
});

test('a processor that does not answer is paused by itself, charges wait at once, and its first answer resumes it', async () => {
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'outage', count: 1_000, processor: 'sandbox' });
  const params = { currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
  const lost = stripe.paymentIntents.create({ ...params, amount: 2200 }, { timeout: 70_000 });
  await until(async () => (await product.get('/v1/processors/sandbox'))['status'] === 'paused', { what: 'the pause', timeoutMs: 60_000 });
  expect(await product.get('/v1/processors/sandbox')).toMatchObject({ paused_by: 'failures' });
  const begun = Date.now();
  const waiting = await stripe.paymentIntents.create({ ...params, amount: 2300 });
  expect([waiting.status, Date.now() - begun < 5_000]).toEqual(['processing', true]);
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
  expect((await lost).status).toBe('succeeded');
  await until(async () => (await stripe.paymentIntents.retrieve(waiting.id)).status === 'succeeded', {
    what: 'what waited',
    timeoutMs: 60_000,
  });
  const done = await product.sql<{ amount: number }[]>`
    select amount from sandbox_operations where kind = 'charge' and amount in (2200, 2300) order by amount`;
  expect(done.map(({ amount }) => amount)).toEqual([2200, 2300]);
  expect(await product.get('/v1/processors/sandbox')).toMatchObject({ status: 'running', failures: 0 });
}, 150_000);

test('while a processor is paused, a rule sends its charges to the next one; if all are paused, they wait for the first', async () => {
  const split = [{ processor: 'sandbox-eu', percent: 100 }];
  await product.post('/v1/routing', { rules: [{ name: 'all', split, fallback: ['sandbox'], fallback_on: ['paused'] }] });
  const params = { amount: 2400, currency: 'eur', payment_method: 'pm_card_visa', confirm: true };
  const route = async ({ latest_charge: charge }: Stripe.PaymentIntent) => product.get(`/v1/charges/${charge as string}/route`);
  await pause('sandbox-eu');
  const sent = await stripe.paymentIntents.create(params);
  expect(sent.status).toBe('succeeded');
  expect(await route(sent)).toMatchObject({
    processor: 'sandbox',
    tries: [{ because: 'paused', from: 'sandbox-eu', processor: 'sandbox' }],
  });
  await pause('sandbox');
  const waiting = await stripe.paymentIntents.create(params);
  expect(waiting.status).toBe('processing');
  await resume('sandbox-eu');
  const done = await until(
    async () => {
      const intent = await stripe.paymentIntents.retrieve(waiting.id);
      return intent.status === 'succeeded' ? intent : null;
    },
    { what: 'the charge' },
  );
  expect(await route(done)).toMatchObject({ processor: 'sandbox-eu' });
  await product.post('/v1/routing', { rules: '' });
});

test('turns that pass while no worker runs are given anew: what waited is still sent at the rate', async () => {
  const params = { amount: 2900, currency: 'usd', payment_method: 'pm_card_visa', confirm: true };
  const paid = await stripe.paymentIntents.create({ amount: 2950, currency: 'usd', payment_method: 'pm_card_visa', confirm: true });
  await pause('sandbox');
  const intents = await Promise.all(Array.from({ length: 20 }, () => stripe.paymentIntents.create(params)));
  const refund = await stripe.refunds.create({ payment_intent: paid.id });
  await product.system.stopWorker();
  const resumed = Math.floor(Date.now() / 1000);
  await product.post('/v1/processors/sandbox/resume', { charges_per_second: 5 });
  // A minute passes.
  await product.sql`update payment_attempts set sends_at = sends_at - 60 where waiting_for is not null`;
  await product.sql`update refunds set sends_at = sends_at - 60 where waiting_for is not null`;
  await product.system.startWorker();
  const turns: number[] = [];
  await until(
    async () => {
      const waiting = await product.sql<{ turn: number }[]>`
        select sends_at as turn from payment_attempts where sends_at >= ${resumed} and intent = any(${intents.map(({ id }) => id)})`;
      turns.push(...waiting.map(({ turn }) => turn));
      const [charges] = await product.sql<{ count: number }[]>`
        select count(*)::int from charges where balance_transaction is not null and payment_intent = any(${intents.map(({ id }) => id)})`;
      return charges?.count === intents.length;
    },
    { what: 'all charges', timeoutMs: 60_000 },
  );
  // Twenty at five a second. A busy machine sends them later than their turns, and closer together.
  expect(Math.max(...turns) - Math.min(...turns)).toBeGreaterThanOrEqual(2);
  await until(async () => (await stripe.refunds.retrieve(refund.id)).status === 'succeeded', { what: 'the refund' });
  await product.post('/v1/processors/all/resume', { charges_per_second: 20 });
}, 120_000);

test('of the rates of one processor and of all, the one that was set last counts', async () => {
  const rateOf = async (name: string) => (await product.get(`/v1/processors/${name}`))['charges_per_second'];
  await product.post('/v1/processors/all/resume', { charges_per_second: 3 });
  expect([await rateOf('all'), await rateOf('sandbox'), await rateOf('sandbox-eu')]).toEqual([3, 3, 3]);
  await pause('sandbox');
  await product.post('/v1/processors/sandbox/resume', { charges_per_second: 50 });
  expect([await rateOf('all'), await rateOf('sandbox'), await rateOf('sandbox-eu')]).toEqual([3, 50, 3]);
  await pause('all');
  await resume('all');
  expect([await rateOf('all'), await rateOf('sandbox')]).toEqual([3, 50]);
  await product.post('/v1/processors/all/resume', { charges_per_second: 20 });
  expect([await rateOf('all'), await rateOf('sandbox'), await rateOf('sandbox-eu')]).toEqual([20, 20, 20]);
});

test('while a capture waits, another one is refused, and the first amount is captured', async () => {
  const params = { amount: 3000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual' as const };
  const { id } = await stripe.paymentIntents.create(params);
  await pause('sandbox');
  await stripe.paymentIntents.capture(id, { amount_to_capture: 1000 });
  expect(await refusal(stripe.paymentIntents.capture(id, { amount_to_capture: 2000 }))).toMatchObject({
    code: 'payment_intent_unexpected_state',
    message: expect.stringContaining('A capture of 1000') as string,
  });
  await resume('sandbox');
  await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', { what: 'the capture' });
  expect((await stripe.paymentIntents.retrieve(id)).amount_received).toBe(1000);
});

test('only what exists can be paused, and only with a reason', async () => {
  expect(await refusal(product.post('/v1/processors/adyen/pause', { reason: 'a test' }))).toMatchObject({
    code: 'resource_missing',
    statusCode: 404,
  });
  expect(await refusal(product.post('/v1/processors/sandbox/pause'))).toMatchObject({ param: 'reason' });
  expect(await refusal(product.post('/v1/processors/sandbox/resume', { charges_per_second: 0 }))).toMatchObject({
    param: 'charges_per_second',
  });
  expect(await product.get('/v1/processors')).toMatchObject({
    data: ['all', 'sandbox', 'sandbox-eu'].map((name) => ({ object: 'processor', name, status: 'running' })),
  });
});
