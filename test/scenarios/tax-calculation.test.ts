import type Stripe from 'stripe';
import type { TaxCalculation } from '../../domain/rows/tax-calculation';
import { customerWith, priceOf } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
let rate: string;

beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  rate = (await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false })).id;
}, 120_000);
afterAll(() => product.stop());

type Kept = Pick<TaxCalculation, 'provider' | 'currency' | 'lines' | 'created'>;

async function calculationOf(invoice: string): Promise<Kept | undefined> {
  const [row] = await product.sql<Kept[]>`select provider, currency, lines, created from tax_calculations where invoice = ${invoice}`;
  return row;
}

/** The activities that a workflow has had done inside its workflow tasks, in order. */
async function localActivitiesOf(workflowId: string): Promise<string[]> {
  const { events = [] } = await product.system.temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap((event) => {
    const [payload] = event.markerRecordedEventAttributes?.details?.['data']?.payloads ?? [];
    const data = payload?.data ? (JSON.parse(Buffer.from(payload.data).toString()) as { activity_type?: string }) : {};
    return data.activity_type ?? [];
  });
}

test('a renewal’s tax is calculated before its draft is final, and stored with each line', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], default_tax_rates: [rate] });
  await clock.to('2026-02-15');
  const { data: drafts } = await stripe.invoices.list({ subscription: id, status: 'draft' });
  const draft = drafts[0]?.id ?? '';
  expect(await calculationOf(draft)).toBeUndefined();
  await clock.by(2 * HOUR);
  const taxes = [{ tax_rate: rate, amount: 200, taxable_amount: 1000 }];
  expect(await calculationOf(draft)).toMatchObject({ provider: 'rates', currency: 'usd', lines: [{ taxes }] });
  expect(await stripe.invoices.retrieve(draft)).toMatchObject({ status: 'paid', total: 1200, total_taxes: [{ amount: 200 }] });
  const done = await localActivitiesOf(`subscription/${id}`);
  const from = done.indexOf('calculateTax');
  expect(done.slice(from, from + 2)).toEqual(['calculateTax', 'commit/finalizeDraft']);
});

test('a draft that changes after its tax was calculated is calculated again: the tax is that of the billed lines', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.invoices.create({
    customer,
    currency: 'usd',
    default_tax_rates: [rate],
    pending_invoice_items_behavior: 'exclude',
  });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
  // As a provider would have answered before the draft was changed.
  await product.sql`
    insert into tax_calculations (invoice, account, livemode, created, provider, digest, currency, lines)
    values (${id}, ${product.account}, false, 1, 'rates', 'of another draft', 'usd', '[]')`;
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ total: 1200, total_taxes: [{ amount: 200 }] });
  expect(await calculationOf(id)).toMatchObject({ lines: [{ taxes: [{ amount: 200 }] }] });
  expect(await localActivitiesOf(`invoice/${id}`)).toContain('calculateTax');
});

test('the stored tax is billed if the lines are the same', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.invoices.create({
    customer,
    currency: 'usd',
    default_tax_rates: [rate],
    pending_invoice_items_behavior: 'exclude',
  });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
  await stripe.invoices.finalizeInvoice(id);
  const before = await calculationOf(id);
  expect(await stripe.invoices.pay(id)).toMatchObject({ total: 1200 });
  expect(await calculationOf(id)).toEqual(before);
});

test('an invoice that is final at once also stores its tax calculation', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const made = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], default_tax_rates: [rate] });
  expect(await calculationOf(made.latest_invoice as string)).toMatchObject({ lines: [{ taxes: [{ amount: 200 }] }] });
});
