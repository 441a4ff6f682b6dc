/** `invoice.upcoming`: the seller is told once of each renewal, with the invoice that it will make. */
import type Stripe from 'stripe';
import { customerWith, eventsOf, invoicesOf, priceOf } from '../support/builders';
import { iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

const announce = (days: number | '') => product.post('/v1/account_settings', { invoices: { days_before_renewal: days } });

type Upcoming = Omit<Stripe.Invoice, 'id'>;

/** What was told of the renewals of these customers, and when. */
async function notices(...customers: string[]): Promise<{ at: string | null; invoice: Upcoming }[]> {
  const events = await eventsOf(stripe, { type: 'invoice.upcoming' });
  const all = events.map(({ created, data }) => ({ at: iso(created), invoice: data.object as Upcoming }));
  return all.filter(({ invoice }) => customers.includes(invoice.customer as string));
}

test('a renewal is announced once, with the invoice that a preview shows; what is added then is billed', async () => {
  await announce(7);
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id: subscription } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe, 1000), quantity: 2 }],
  });
  await stripe.invoiceItems.create({ customer, subscription, amount: 250, currency: 'usd' });
  await clock.to('2026-04-24T12:00:00Z');
  const [notice, ...more] = await notices(customer);
  expect([notice?.at, more]).toEqual(['2026-04-24', []]);
  const preview = await stripe.invoices.createPreview({ subscription });
  const shown = ({ total, amount_due: due, period_end: end, status, lines }: Upcoming) => ({
    ...{ total, due, end, status, lines: lines.data.map(({ amount, description }) => [amount, description]) },
  });
  expect(notice?.invoice).not.toHaveProperty('id');
  expect(shown(notice?.invoice as Upcoming)).toEqual(shown(preview));
  expect(notice?.invoice.total).toBe(2250);

  await stripe.invoiceItems.create({ customer, subscription, amount: 100, currency: 'usd' });
  await clock.to('2026-06-01T12:00:00Z');
  expect((await notices(customer)).map(({ at }) => at).sort()).toEqual(['2026-04-24', '2026-05-25']);
  const totals = (await invoicesOf(stripe, subscription)).map(({ total }) => total);
  expect([...totals].sort((one, other) => one - other)).toEqual([2000, 2000, 2350]);
});

test('a period that is shorter than the notice is announced when it begins', async () => {
  await announce(30);
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 500, { recurring: { interval: 'week' } }) }] });
  await clock.to('2026-04-09');
  expect((await notices(customer)).map(({ at }) => at).sort()).toEqual(['2026-04-01', '2026-04-08']);
});

test('nothing is announced that will not be charged: sent, ending, and paused subscriptions, and accounts without the setting', async () => {
  await announce(7);
  const clock = await startClock(stripe, '2026-04-01');
  const price = await priceOf(stripe);
  const subscribe = async (terms: Partial<Stripe.SubscriptionCreateParams>) => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    return stripe.subscriptions.create({ customer, items: [{ price }], ...terms });
  };
  const sent = await subscribe({ collection_method: 'send_invoice', days_until_due: 10 });
  const ending = await subscribe({ cancel_at_period_end: true });
  const paused = await subscribe({});
  await stripe.subscriptions.update(paused.id, { pause_collection: { behavior: 'void' } });
  await announce('');
  const silent = await subscribe({});
  await announce(7);
  const charged = await subscribe({});
  await clock.to('2026-04-28');
  const told = await notices(...[sent, ending, paused, silent, charged].map(({ customer }) => customer as string));
  expect(told.map(({ invoice }) => invoice.customer)).toEqual([charged.customer]);
});

test.each([0, 46])('renewals cannot be announced %d days before', async (days) => {
  await expect(announce(days)).rejects.toMatchObject({ statusCode: 400, param: 'invoices[days_before_renewal]' });
});
