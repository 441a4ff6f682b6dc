import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, typesOf, useCard } from '../support/builders';
import { at, DAY, HOUR, iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

async function subscribed(from: string, card: string | null, parameters: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const clock = await startClock(stripe, from);
  const { customer } = await customerWith(stripe, card, { test_clock: clock.id });
  const price = await priceOf(stripe);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], ...parameters });
  return { clock, customer, price, id: subscription.id, subscription };
}
/** What a payment means for its subscription is the subscription's own to commit, a moment later. */
const becomes = (id: string, status: string) => until(async () => (await statusOf(id)) === status, { what: `${id} to be ${status}` });
const statusOf = async (id: string) => (await stripe.subscriptions.retrieve(id)).status;

test('a subscription is charged when it starts, and again an hour after its month has ended', async () => {
  const { clock, id, subscription } = await subscribed('2026-01-31', 'pm_card_visa');
  expect(subscription.status).toBe('active');
  await clock.to('2026-02-28T00:59:59Z');
  expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'draft']);
  await clock.to('2026-02-28T01:00:00Z');
  expect((await invoicesOf(stripe, id)).map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
    ['paid', 1000],
    ['paid', 1000],
  ]);
});

test('pending invoice items of a yearly subscription are billed every month, and a renewal takes what waits then', async () => {
  const interval = { interval: 'month', interval_count: 1 } as const;
  const yearly = await priceOf(stripe, 12_000, { recurring: { interval: 'year' } });
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const made = await stripe.subscriptions.create({ customer, items: [{ price: yearly }], pending_invoice_item_interval: interval });
  expect(made).toMatchObject({ pending_invoice_item_interval: interval, next_pending_invoice_item_invoice: at('2026-02-15') });
  const subscription = made.id;
  await stripe.invoiceItems.create({ customer, subscription, amount: 700, currency: 'usd', description: 'Hours' });
  await clock.to('2026-02-15T02:00:00Z');
  const [, own] = await invoicesOf(stripe, subscription);
  expect(own).toMatchObject({
    status: 'paid',
    total: 700,
    billing_reason: 'subscription_update',
    lines: { data: [{ description: 'Hours' }] },
  });
  const { next_pending_invoice_item_invoice: next } = await stripe.subscriptions.retrieve(subscription);
  expect(next).toBe(at('2026-03-15'));
  await clock.to('2026-04-01');
  expect(await invoicesOf(stripe, subscription)).toHaveLength(2);
  const refused = stripe.subscriptions.update(subscription, { pending_invoice_item_interval: { interval: 'year', interval_count: 2 } });
  expect(await refusal(refused)).toMatchObject({ param: 'pending_invoice_item_interval[interval_count]' });
  const without = await stripe.subscriptions.update(subscription, { pending_invoice_item_interval: '' });
  expect(without).toMatchObject({ pending_invoice_item_interval: null, next_pending_invoice_item_invoice: null });
});

test('a subscription from 30 January is billed at month ends, clamped one by one', async () => {
  const { clock, id } = await subscribed('2027-12-31T10:00:00Z', 'pm_card_visa');
  await clock.to('2028-06-01');
  expect((await invoicesOf(stripe, id)).map(({ created }) => iso(created))).toEqual(
    ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30', '2028-05-31'].map((day) => `${day}T10:00:00Z`),
  );
});

test('a year of renewals, with a card that fails for two months, is one advance', async () => {
  const { clock, customer, id } = await subscribed('2026-01-01', 'pm_card_visa');
  await clock.to('2026-04-15');
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-05-04');
  expect(await statusOf(id)).toBe('past_due');
  await useCard(stripe, customer, 'pm_card_visa');
  await clock.to('2027-01-02');
  const invoices = await invoicesOf(stripe, id);
  expect(invoices).toHaveLength(13);
  expect(invoices.every(({ status, amount_paid }) => status === 'paid' && amount_paid === 1000)).toBe(true);
  expect(invoices.map(({ attempt_count }) => attempt_count).filter((count) => count > 1)).toHaveLength(1);
  expect(await statusOf(id)).toBe('active');
});

test('a year of renewals with dunning and cancellation in one advance has its events in causal order, in virtual time', async () => {
  const { clock, customer, id } = await subscribed('2026-01-01', 'pm_card_visa', { trial_period_days: 14 });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2027-01-01');
  expect(await statusOf(id)).toBe('canceled');
  const events = (await eventsOf(stripe)).filter((event) => about(event, id));
  const times = events.map(({ created }) => created);
  expect([...times].sort((a, b) => a - b)).toEqual(times);
  expect(events.filter(({ type }) => type.startsWith('customer.subscription')).map(({ type, created }) => [type, iso(created)])).toEqual(
    [
      ['customer.subscription.created', '2026-01-01'],
      ['customer.subscription.trial_will_end', '2026-01-12'],
      ['customer.subscription.updated', '2026-01-12'],
      ['customer.subscription.updated', '2026-01-15'],
      ['customer.subscription.updated', '2026-01-15T01:00:00Z'],
      ['customer.subscription.deleted', '2026-01-29T01:00:00Z'],
    ].filter(([type, when]) => type !== 'customer.subscription.updated' || when !== '2026-01-12'),
  );
  const types = typesOf(events);
  expect(types.indexOf('invoice.created')).toBeLessThan(types.indexOf('invoice.finalized'));
  expect(types.lastIndexOf('invoice.payment_failed')).toBeLessThan(types.indexOf('customer.subscription.deleted'));
});

function about({ data }: Stripe.Event, subscription: string): boolean {
  const object = data.object as { id: string; parent?: { subscription_details?: { subscription?: string } } | null };
  return object.id === subscription || object.parent?.subscription_details?.subscription === subscription;
}

describe('a first payment', () => {
  test('that is declined leaves an incomplete subscription, which expires after 23 hours with its invoice void', async () => {
    const { clock, id } = await subscribed('2026-01-01', 'pm_card_chargeCustomerFail');
    expect(await statusOf(id)).toBe('incomplete');
    await clock.by(23 * HOUR);
    expect(await statusOf(id)).toBe('incomplete_expired');
    expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['void']);
  });

  test('that is declined with error_if_incomplete is refused, and leaves nothing', async () => {
    const { customer } = await customerWith(stripe, 'pm_card_chargeCustomerFail');
    const items = [{ price: await priceOf(stripe) }];
    const error = await refusal(stripe.subscriptions.create({ customer, items, payment_behavior: 'error_if_incomplete' }));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', type: 'StripeCardError' });
    expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
    expect((await stripe.invoices.list({ customer })).data).toEqual([]);
    expect(
      (await eventsOf(stripe)).filter(({ data }) => (data.object as { customer?: string }).customer === customer).map(({ type }) => type),
    ).not.toContain('customer.subscription.created');
    // A caller who asks again after a crash gets the same refusal, because the commit that made the subscription keeps it.
    const kept =
      await product.sql`select refusal ->> 'code' as code from commits where step = 'createSubscription' order by seq desc limit 1`;
    expect(kept).toEqual([{ code: 'card_declined' }]);
  });

  test('with default_incomplete is made when somebody confirms it', async () => {
    const { id, subscription } = await subscribed('2026-01-01', null, {
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.payments'],
    });
    expect(subscription.status).toBe('incomplete');
    const [payment] = (subscription.latest_invoice as Stripe.Invoice).payments?.data ?? [];
    const intent = payment?.payment.payment_intent as string;
    await stripe.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa' });
    await becomes(id, 'active');
  });

  test('that needs 3-D Secure makes the subscription active when the cardholder passes it', async () => {
    const { id } = await subscribed('2026-01-01', 'pm_card_authenticationRequired');
    expect(await statusOf(id)).toBe('incomplete');
    await product.post(`/v1/test_helpers/payment_intents/${await intentOf(id)}/authenticate`, { result: 'succeeded' });
    await becomes(id, 'active');
  });
});

async function intentOf(subscription: string): Promise<string> {
  const { latest_invoice } = await stripe.subscriptions.retrieve(subscription, { expand: ['latest_invoice.payments'] });
  const [payment] = (latest_invoice as Stripe.Invoice).payments?.data ?? [];
  return payment?.payment.payment_intent as string;
}

test('a sent invoice is due after its days, and makes the subscription past due if it is unpaid then', async () => {
  const { clock, id } = await subscribed('2026-01-01', null, { collection_method: 'send_invoice', days_until_due: 10 });
  await clock.by(2 * HOUR);
  const [invoice] = await invoicesOf(stripe, id);
  expect(invoice).toMatchObject({ status: 'open', due_date: at('2026-01-11') });
  await clock.by(12 * DAY);
  expect(await statusOf(id)).toBe('past_due');
  await stripe.invoices.pay(invoice?.id ?? '', { paid_out_of_band: true });
  expect(await statusOf(id)).toBe('active');
});

describe('a trial without a payment method', () => {
  const ending = (missing_payment_method: 'cancel' | 'create_invoice' | 'pause') => ({
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method } },
  });

  test.each([
    ['cancel', 'canceled', 1],
    ['pause', 'paused', 1],
    ['create_invoice', 'past_due', 2],
  ] as const)('ends as missing_payment_method says: %s', async (missing, status, invoices) => {
    const { clock, id } = await subscribed('2026-01-01', null, ending(missing));
    await clock.to('2026-01-09');
    expect(await statusOf(id)).toBe(status);
    expect(await invoicesOf(stripe, id)).toHaveLength(invoices);
  });

  test.each([
    ['cancel', 'canceled', 1],
    ['pause', 'paused', 1],
    ['create_invoice', 'past_due', 2],
  ] as const)('ends as missing_payment_method says, also when a request ends it early: %s', async (missing, status, invoices) => {
    const { clock, id } = await subscribed('2026-01-01', null, ending(missing));
    await clock.to('2026-01-04');
    const preview = stripe.invoices.createPreview({ subscription: id, subscription_details: { trial_end: 'now' } });
    if (missing === 'create_invoice') expect((await preview).total).toBe(1000);
    else expect(await refusal(preview)).toMatchObject({ code: 'invoice_upcoming_none' });
    const ended = await stripe.subscriptions.update(id, { trial_end: 'now' });
    expect([ended.status, iso(ended.trial_end ?? 0)]).toEqual([status, '2026-01-04']);
    expect(await invoicesOf(stripe, id)).toHaveLength(invoices);
    await clock.to('2026-01-20');
    expect(await invoicesOf(stripe, id)).toHaveLength(invoices);
  });

  test('that was paused early is billed from its resumption on, at once, with the card that it has then', async () => {
    const { clock, id, customer } = await subscribed('2026-01-01', null, ending('pause'));
    await clock.to('2026-01-04');
    await stripe.subscriptions.update(id, { trial_end: 'now' });
    await clock.to('2026-01-20');
    await useCard(stripe, customer, 'pm_card_visa');
    const resumed = await stripe.subscriptions.resume(id);
    await stripe.invoices.pay(resumed.latest_invoice as string);
    const after = await stripe.subscriptions.retrieve(id);
    expect([after.status, iso(after.items.data[0]?.current_period_end ?? 0)]).toEqual(['active', '2026-02-20']);
    expect((await invoicesOf(stripe, id)).map(({ total }) => total)).toEqual([0, 1000]);
  });

  test('that was paused is resumed by a payment', async () => {
    const { clock, id, customer } = await subscribed('2026-01-01', null, ending('pause'));
    await clock.to('2026-02-09');
    await useCard(stripe, customer, 'pm_card_visa');
    const resumed = await stripe.subscriptions.resume(id);
    expect(resumed.status).toBe('paused');
    await stripe.invoices.pay(resumed.latest_invoice as string);
    const after = await stripe.subscriptions.retrieve(id);
    expect([after.status, iso(after.billing_cycle_anchor)]).toEqual(['active', '2026-02-09']);
  });
});

test('a cancellation at the period end can be revoked', async () => {
  const { clock, id } = await subscribed('2026-01-01', 'pm_card_visa');
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  await clock.to('2026-02-02');
  expect(await statusOf(id)).toBe('active');
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await clock.to('2026-03-01');
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: at('2026-03-01') });
  expect(await invoicesOf(stripe, id)).toHaveLength(2);
});

test('deleting a test clock deletes its customers and ends their subscriptions, and leaves the books', async () => {
  const { clock, id, customer } = await subscribed('2026-01-01', 'pm_card_visa');
  await stripe.testHelpers.testClocks.del(clock.id);
  expect((await refusal(stripe.testHelpers.testClocks.retrieve(clock.id))).statusCode).toBe(404);
  expect((await stripe.customers.retrieve(customer)).deleted).toBe(true);
  expect((await stripe.subscriptions.list({ status: 'all', limit: 100 })).data.map((each) => each.id)).not.toContain(id);
});
