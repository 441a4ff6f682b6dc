/** Reminders of sent invoices: the seller is told once that an invoice will be due, and once that it is overdue. */
import type Stripe from 'stripe';
import { customerWith, eventsOf, priceOf } from '../support/builders';
import { DAY, iso, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;

const remind = (days: number | '') => product.post('/v1/account_settings', { invoices: { days_before_due: days } });

async function sent(customer: string, terms: Stripe.InvoiceCreateParams): Promise<string> {
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd' });
  const parameters = { customer, collection_method: 'send_invoice', pending_invoice_items_behavior: 'include', ...terms } as const;
  const { id } = await stripe.invoices.create({ ...parameters, auto_advance: false });
  await stripe.invoices.finalizeInvoice(id);
  return id;
}

/** The reminders of an invoice, each with its time and what it says is left to pay. */
async function reminders(of: (invoice: Stripe.Invoice) => boolean): Promise<unknown[]> {
  const events = await eventsOf(stripe, { types: ['invoice.will_be_due', 'invoice.overdue'] });
  return events
    .filter(({ data }) => of(data.object as Stripe.Invoice))
    .map(({ type, created, data }) => [type, iso(created), (data.object as Stripe.Invoice).amount_remaining]);
}

test('an unpaid invoice is announced once, by the setting in force when it became final, and is overdue once', async () => {
  await remind(3);
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const unpaid = await sent(customer, { days_until_due: 10 });
  const paid = await sent(customer, { days_until_due: 10 });
  const short = await sent(customer, { days_until_due: 2 });
  await remind('');
  const silent = await sent(customer, { days_until_due: 10 });
  await clock.to('2026-04-05');
  await stripe.invoices.pay(paid, { paid_out_of_band: true });
  await clock.to('2026-05-01');
  expect(await reminders(({ id }) => id === unpaid)).toEqual([
    ['invoice.will_be_due', '2026-04-08', 1000],
    ['invoice.overdue', '2026-04-11', 1000],
  ]);
  expect(await reminders(({ id }) => id === paid)).toEqual([]);
  expect(await reminders(({ id }) => id === short)).toEqual([['invoice.overdue', '2026-04-03', 1000]]);
  expect(await reminders(({ id }) => id === silent)).toEqual([['invoice.overdue', '2026-04-11', 1000]]);
});

test('each invoice of a subscription has its own reminder', async () => {
  await remind(3);
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, null, { test_clock: clock.id });
  const terms = { collection_method: 'send_invoice', days_until_due: 10 } as const;
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], ...terms });
  await clock.to('2026-05-15');
  const told = await reminders(({ parent }) => parent?.subscription_details?.subscription === id);
  expect(told).toEqual([
    ['invoice.will_be_due', '2026-04-08', 1000],
    ['invoice.overdue', '2026-04-11', 1000],
    ['invoice.will_be_due', '2026-05-08', 1000],
    ['invoice.overdue', '2026-05-11', 1000],
  ]);
});

test('in real time, too', async () => {
  await remind(1);
  const { customer } = await customerWith(stripe, null);
  const due = Math.floor(Date.now() / 1000) + DAY + 3;
  const id = await sent(customer, { due_date: due });
  const told = () => reminders((invoice) => invoice.id === id);
  await until(async () => (await told()).length > 0, { what: 'the reminder' });
  const events = (await eventsOf(stripe, { type: 'invoice.will_be_due' })).filter(({ data }) => (data.object as Stripe.Invoice).id === id);
  expect(events).toHaveLength(1);
  expect(events[0]?.created).toBeGreaterThanOrEqual(due - DAY);
});

test.each([0, 366, 'soon'])('a reminder %p days before is refused, and changes nothing', async (days) => {
  await remind(5);
  const change = stripe.rawRequest('POST', '/v1/account_settings', { invoices: { days_before_due: days } });
  await expect(change).rejects.toMatchObject({ statusCode: 400, param: 'invoices[days_before_due]' });
  const settings: unknown = await stripe.rawRequest('GET', '/v1/account_settings');
  expect(settings).toMatchObject({ invoices: { days_before_due: 5 } });
});
