import type Stripe from 'stripe';
import { typesOf as eventTypesOf } from '../../bench/history';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { at, DAY, iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** A month is paid; the renewal of 1 February is not, one hour after its draft. */
async function pastDue(card = 'pm_card_chargeCustomerFail') {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useCard(stripe, customer, card);
  await clock.to('2026-02-01T01:00:00Z');
  const invoice = (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  return { clock, customer, id, invoice };
}
const statusOf = async (id: string) => (await stripe.subscriptions.retrieve(id)).status;
/** How often its workflow has been woken. */
const wakesOf = async (id: string) =>
  (await eventTypesOf(product.system.temporal, `subscription/${id}`)).filter((type) => type === 'workflowExecutionSignaled').length;
const becomes = (id: string, status: string) => until(async () => (await statusOf(id)) === status, { what: `${id} to be ${status}` });
const chargesOf = async (customer: string) => (await stripe.charges.list({ customer, limit: 100 })).data.reverse();

test('a card declined on renewal leaves the subscription past_due and schedules the next attempt', async () => {
  const { id, invoice } = await pastDue();
  expect(await statusOf(id)).toBe('past_due');
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
    status: 'open',
    attempt_count: 1,
    next_payment_attempt: at('2026-02-02T01:00:00Z'),
  });
});

test('eight retries in two weeks, then canceled', async () => {
  const { clock, customer, id, invoice } = await pastDue();
  await clock.to('2026-02-15T00:59:59Z');
  expect(await statusOf(id)).toBe('past_due');
  await clock.to('2026-02-15T01:00:00Z');
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', cancellation_details: { reason: 'payment_failed' } });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', attempt_count: 9, next_payment_attempt: null });
  const failed = (await chargesOf(customer)).filter(({ status }) => status === 'failed');
  expect(failed.map(({ created }) => (created - at('2026-02-01T01:00:00Z')) / DAY)).toEqual([0, 1, 2, 3, 5, 7, 9, 11, 14]);
});

test('a hard decline skips the retries without charges', async () => {
  const { clock, customer, id, invoice } = await pastDue('pm_card_authenticationRequired');
  await clock.to('2026-02-04T02:00:00Z');
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ attempt_count: 4 });
  expect((await chargesOf(customer)).map(({ status }) => status)).toEqual(['succeeded']);
  await useCard(stripe, customer, 'pm_card_visa');
  await becomes(id, 'active');
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
});

test('a new card is charged at once, which ends the dunning', async () => {
  const { clock, customer, id, invoice } = await pastDue();
  await clock.to('2026-02-05');
  const woken = await wakesOf(id);
  await useCard(stripe, customer, 'pm_card_visa');
  expect(await statusOf(id)).toBe('active');
  expect((await wakesOf(id)) - woken).toBe(1);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', next_payment_attempt: null });
  const before = (await chargesOf(customer)).length;
  await clock.to('2026-02-25');
  expect(await chargesOf(customer)).toHaveLength(before);
});

test('a payment out of band ends the dunning at once', async () => {
  const { clock, customer, id, invoice } = await pastDue();
  await clock.to('2026-02-03');
  await stripe.invoices.pay(invoice, { paid_out_of_band: true });
  await becomes(id, 'active');
  const before = (await chargesOf(customer)).length;
  await clock.to('2026-02-20');
  expect(await chargesOf(customer)).toHaveLength(before);
});

test('a cancellation ends the dunning at once, and leaves the invoice open', async () => {
  const { clock, customer, id, invoice } = await pastDue();
  await clock.to('2026-02-03');
  await stripe.subscriptions.cancel(id);
  const before = (await chargesOf(customer)).length;
  await clock.to('2026-03-20');
  expect(await chargesOf(customer)).toHaveLength(before);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', auto_advance: false });
});

test('a renewal that needs 3-D Secure is paid when the cardholder passes it', async () => {
  const { clock, id, invoice } = await pastDue('pm_card_authenticationRequired');
  await clock.to('2026-02-03');
  expect(await statusOf(id)).toBe('past_due');
  const { payments } = await stripe.invoices.retrieve(invoice, { expand: ['payments'] });
  const intent = payments?.data[0]?.payment.payment_intent as string;
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe('requires_action');
  await product.post(`/v1/test_helpers/payment_intents/${intent}/authenticate`, { result: 'succeeded' });
  await becomes(id, 'active');
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
});

test('two concurrent payments of one invoice charge it once', async () => {
  const { customer, id, invoice } = await pastDue();
  const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const { payments } = await stripe.invoices.retrieve(invoice, { expand: ['payments'] });
  const intent = payments?.data[0]?.payment.payment_intent as string;
  const paid = await Promise.allSettled([
    stripe.invoices.pay(invoice, { payment_method: card }),
    stripe.paymentIntents.confirm(intent, { payment_method: card }),
    stripe.invoices.pay(invoice, { payment_method: card }),
  ]);
  expect(paid.some(({ status }) => status === 'fulfilled')).toBe(true);
  await becomes(id, 'active');
  const succeeded = (await chargesOf(customer)).filter(({ status }) => status === 'succeeded');
  expect(succeeded).toHaveLength(2);
  for (const each of paid) if (each.status === 'rejected') expect((each.reason as Stripe.errors.StripeError).statusCode).toBeLessThan(500);
});

describe('policies of the account', () => {
  afterEach(async () => {
    await product.post('/v1/account_settings', { dunning: { ends_in: 'cancel' }, disputes: { subscription: 'none' } });
  });

  test('after dunning the subscription is unpaid: further invoices stay drafts until the latest is paid', async () => {
    await product.post('/v1/account_settings', { dunning: { ends_in: 'unpaid' } });
    const { clock, customer, id } = await pastDue();
    await clock.to('2026-03-02');
    expect(await statusOf(id)).toBe('unpaid');
    const invoices = await invoicesOf(stripe, id);
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'open', 'draft']);
    await useCard(stripe, customer, 'pm_card_visa');
    await stripe.invoices.pay(invoices.at(-1)?.id ?? '');
    await becomes(id, 'active');
  });

  test('a chargeback cancels the subscription', async () => {
    await product.post('/v1/account_settings', { disputes: { subscription: 'cancel' } });
    const clock = await startClock(stripe, '2026-01-01');
    const { customer } = await customerWith(stripe, 'pm_card_createDispute', { test_clock: clock.id });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
    await becomes(id, 'canceled');
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancellation_details: { reason: 'payment_disputed' } });
  });
});

test('a lost answer is queried, and the card is charged once', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', count: 6, match: 'charge' });
  await clock.to('2026-02-01T02:00:00Z');
  await becomes(id, 'active');
  expect((await chargesOf(customer)).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  expect(
    (await eventsOf(stripe, { type: 'charge.succeeded' }))
      .filter(({ data }) => (data.object as Stripe.Charge).customer === customer)
      .map(({ created }) => iso(created)?.slice(0, 10)),
  ).toEqual(['2026-01-01', '2026-02-01']);
});

test('a paid invoice cannot be paid again', async () => {
  const { customer, id, invoice } = await pastDue();
  await useCard(stripe, customer, 'pm_card_visa');
  await becomes(id, 'active');
  expect((await refusal(stripe.invoices.pay(invoice))).message).toMatch(/already paid/);
});
