import { LIMITS } from '../../../../domain/core/limits';
import { customerWith, eventsOf, priceOf, refusal } from '../../../support/builders';
import { at, DAY, startClock } from '../../../support/clock';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const tooLarge = { code: 'amount_too_large' };

/** A plan and calls at 100 each, of which 999999999999999 are reported on the second day. */
async function overused() {
  const clock = await startClock(stripe, '2026-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const event = `calls_${clock.id}`;
  const { id: meter } = await stripe.billing.meters.create({
    ...{ display_name: 'Calls', event_name: event },
    default_aggregation: { formula: 'sum' },
  });
  const metered = await priceOf(stripe, 100, { recurring: { interval: 'month', usage_type: 'metered', meter } });
  const items = [{ price: await priceOf(stripe) }, { price: metered }];
  const { id: subscription } = await stripe.subscriptions.create({ customer, items });
  await clock.to('2026-02-01');
  await stripe.billing.meterEvents.create({ event_name: event, payload: { stripe_customer_id: customer, value: '999999999999999' } });
  await clock.by(60);
  return { clock, customer, subscription };
}

test('usage that no invoice can bill is reported on its draft, and the subscription renews, is previewed and ends', async () => {
  const { clock, customer, subscription } = await overused();
  const preview = await stripe.invoices.createPreview({ subscription, subscription_details: { cancel_now: true } });
  expect(preview.last_finalization_error).toMatchObject(tooLarge);
  expect(await product.get(`/v1/customers/${customer}/usage`)).toMatchObject({
    subscriptions: [{ usage_amount: LIMITS.usageAmount.max, items: [{ beyond: true, quantity: '999999999999999' }] }],
  });
  await clock.to('2026-03-01');
  const { data: billed } = await stripe.invoices.list({ subscription });
  expect(billed[0]).toMatchObject({ status: 'draft', last_finalization_error: tooLarge });
  expect(await eventsOf(stripe, { type: 'invoice.finalization_failed' })).toHaveLength(1);
  await clock.to('2026-04-02');
  const { data: next } = await stripe.invoices.list({ subscription });
  expect(next[0]).toMatchObject({ status: 'paid', total: 1000 });
  expect((await stripe.subscriptions.cancel(subscription, { invoice_now: true })).status).toBe('canceled');
  await clock.by(DAY);
});

test('usage that no invoice can bill does not keep its subscription from ending, with invoice_now or without', async () => {
  for (const end of [{ prorate: true, invoice_now: true }, {}]) {
    const { clock, subscription } = await overused();
    expect((await stripe.subscriptions.cancel(subscription, end)).status).toBe('canceled');
    await clock.by(2 * DAY);
    const { data } = await stripe.invoices.list({ subscription, limit: 1 });
    if (end.invoice_now) expect(data[0]).toMatchObject({ status: 'draft', last_finalization_error: tooLarge });
  }
});

test('a clock with a daily subscription advances by up to three years at once, refuses a hundred, and stays ready', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 100, { recurring: { interval: 'day' } }) }] });
  const refused = await refusal(stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at('2126-01-31') }));
  expect(refused).toMatchObject({ statusCode: 400, param: 'frozen_time' });
  expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time: at('2026-01-31') });
  await clock.by(2 * DAY);
});

test('a customer has at most five hundred living subscriptions', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const items = [{ price: await priceOf(stripe) }];
  const { id } = await stripe.subscriptions.create({ customer, items });
  const copies = Array.from({ length: LIMITS.subscriptionsPerCustomer.max - 1 }, (_, index) => `sub_copy_${String(index)}`);
  await product.sql`
    insert into subscriptions overriding system value select (jsonb_populate_record(s, jsonb_build_object('id', c.id, 'seq', (select max(seq) from subscriptions) + c.n))).*
    from subscriptions s, unnest(${copies}::text[]) with ordinality as c (id, n) where s.id = ${id}`;
  const later = { customer, start_date: Math.floor(Date.now() / 1000) + DAY, phases: [{ items }] };
  const refusals = [stripe.subscriptions.create({ customer, items }), stripe.subscriptionSchedules.create(later)];
  for (const refused of await Promise.all(refusals.map((call) => refusal(call)))) {
    expect(refused).toMatchObject({ statusCode: 400, code: 'customer_max_subscriptions', param: 'customer' });
  }
  await product.sql`update subscriptions set status = 'canceled' where id = ${copies[0] ?? ''}`;
  expect((await stripe.subscriptions.create({ customer, items })).status).toBe('active');
});
