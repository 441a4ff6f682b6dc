/** Occurrences that repeat: the same trial end, the same draft, the same card. Each one counts. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { booksBalance } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { at, DAY, HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { sessionsThatWait } from '../support/stack';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
afterEach(async () => {
  expect(await booksBalance(product.sql)).toEqual([]);
  expect(await product.sql`select subject, step, error from held`).toEqual([]);
});

test('a trial end less than three days away that is postponed, and moved back, ends the trial at its time, and is announced', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const [first, second] = [at('2026-01-02'), at('2026-01-03')];
  const items = [{ price: await priceOf(stripe) }];
  const { id } = await stripe.subscriptions.create({ customer, items, trial_end: first });
  for (const trialEnd of [second, first, second, first]) {
    await clock.by(HOUR);
    expect((await stripe.subscriptions.update(id, { trial_end: trialEnd, proration_behavior: 'none' })).trial_end).toBe(trialEnd);
  }
  const announced = await eventsOf(stripe, { type: 'customer.subscription.trial_will_end' });
  expect((announced.at(-1)?.data.object as Stripe.Subscription).trial_end).toBe(first);
  await clock.to(first + 2 * HOUR);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  expect((await invoicesOf(stripe, id)).map(({ status, billing_reason: why }) => [status, why])).toEqual([
    ['paid', 'subscription_create'],
    ['paid', 'subscription_cycle'],
  ]);
});

test('a draft that is too large, made smaller, larger and smaller again is final at its time, and is paid once', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await clock.to('2026-02-01');
  const draft = (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  const enlarge = () => stripe.invoiceItems.create({ customer, invoice: draft, amount: 99_999_999_999, currency: 'usd' });
  const finalizeIn = (seconds: number) =>
    stripe.invoices.update(draft, { auto_advance: true, automatically_finalizes_at: clock.now() + seconds });
  let extra = await enlarge();
  for (let tries = 0; tries < 2; tries += 1) {
    await finalizeIn(HOUR);
    await clock.by(2 * HOUR);
    expect(await stripe.invoices.retrieve(draft)).toMatchObject({ status: 'draft', last_finalization_error: { code: 'amount_too_large' } });
    expect(await refusal(stripe.invoices.finalizeInvoice(draft))).toMatchObject({ statusCode: 400, code: 'amount_too_large' });
    await stripe.invoiceItems.del(extra.id);
    if (tries === 0) extra = await enlarge();
  }
  await finalizeIn(HOUR);
  await clock.by(2 * HOUR);
  expect(await stripe.invoices.retrieve(draft)).toMatchObject({ status: 'paid', amount_paid: 1000 });
  expect((await stripe.charges.list({ customer })).data.map(({ amount }) => amount)).toEqual([1000, 1000]);
  await clock.by(32 * DAY);
  expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
});

test('a default card that is switched back and forth during dunning: dunning continues, and the card that works is charged once', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const first = await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-02-01T02:00:00Z');
  const invoice = (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  const { id: second } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  const use = (card: string) => stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  // Two at a time: by the time that the recovery turns to one card, the other is the default again.
  for (let rounds = 0; rounds < 6; rounds += 1) await Promise.all([use(second), use(first)]);
  await until(async () => (await product.sql`select 1 from payment_attempts where status = 'open'`).length === 0, { what: 'the attempts' });
  await clock.by(HOUR);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  await useCard(stripe, customer, 'pm_card_mastercard');
  await until(async () => (await stripe.invoices.retrieve(invoice)).status === 'paid', { what: 'the payment' });
  await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'active', { what: 'the subscription' });
  const paid = (await stripe.charges.list({ customer, limit: 100 })).data.filter(({ status }) => status === 'succeeded');
  expect(paid).toHaveLength(2);
  await clock.to('2026-03-01T02:00:00Z');
  expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
});

/** How many transactions wait for a lock, once no more of them come. */
async function lockWaiters(): Promise<number> {
  const count = (): Promise<number> => sessionsThatWait(product.sql);
  let before = -1;
  for (let now = await count(); now !== before; now = await count()) {
    before = now;
    await sleep(200);
  }
  return before;
}

/** Holds the recovery between the moment at which it reads what is due and the commit of that; the change that is made meanwhile comes first. */
async function betweenReadingAndDoing(invoice: string, change: () => Promise<unknown>): Promise<void> {
  let changed: Promise<unknown> | undefined;
  await product.sql.begin(async (tx) => {
    await tx`select 1 from workflows where id = ${`dunning/${invoice}`} for update`;
    await product.system.startWorker();
    // It has locked the customer and read the rows, and waits to write its own. Who comes later waits for the customer, in order.
    await until(async () => (await lockWaiters()) > 0, { what: 'the recovery to read' });
    const waiters = await lockWaiters();
    changed = change();
    await until(async () => (await lockWaiters()) > waiters, { what: 'the change to wait for the customer' });
  });
  await changed;
}

test('a card that is no longer the default when dunning turns to it is tried when it is the default again', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const failing = await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-02-01T02:00:00Z');
  const invoice = (await invoicesOf(stripe, id)).at(-1)?.id ?? '';
  const { id: good } = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
  const use = (card: string) => stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  await product.system.stopWorker();
  await use(good);
  await betweenReadingAndDoing(invoice, () => use(failing));
  const turned = () => product.sql`select commit_key from commits where workflow = ${`dunning/${invoice}`} and step = 'retryWithNewMethod'`;
  // It turned to the card, and found that there was nothing to do.
  await until(async () => (await turned()).length === 1, { what: 'the recovery' });
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');
  await use(good);
  await until(async () => (await stripe.invoices.retrieve(invoice)).status === 'paid', { what: 'the payment' });
  await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'active', { what: 'the subscription' });
  expect(await turned()).toHaveLength(2);
  const paid = (await stripe.charges.list({ customer, limit: 100 })).data.filter(({ status }) => status === 'succeeded');
  expect(paid.map(({ payment_method: card }) => card === good)).toEqual([true, false]);
});
