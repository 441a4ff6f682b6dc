import type Stripe from 'stripe';
import { customerWith, priceOf, refusal } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;

beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
}, 120_000);
afterAll(() => product.stop());

interface Threshold {
  area: string;
  amount: number;
  sales: number;
  percent: number;
  status: string;
}

const thresholds = async (query = ''): Promise<Threshold[]> => (await product.get(`/v1/tax/thresholds${query}`))['data'] as Threshold[];

async function sell(country: string, amount: number, change: Stripe.CustomerCreateParams = {}): Promise<Stripe.Invoice> {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: { country }, ...change });
  const { id } = await stripe.invoices.create({ customer, currency: 'eur', auto_advance: false });
  await stripe.invoiceItems.create({ customer, invoice: id, amount, currency: 'eur' });
  return stripe.invoices.finalizeInvoice(id);
}

test('sales to consumers in other member states are summed from the books; businesses, voids and credit notes are not sales', async () => {
  expect(await refusal(product.get('/v1/tax/thresholds'))).toMatchObject({
    statusCode: 400,
    message: expect.stringMatching(/head office/) as string,
  });
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } } });
  expect(await thresholds()).toEqual([]);
  await sell('FR', 500_000);
  const italian = await sell('IT', 400_000);
  await sell('DE', 700_000);
  await sell('AT', 800_000, { tax_id_data: [{ type: 'eu_vat', value: 'ATU12345678' }] });
  await stripe.invoices.voidInvoice((await sell('ES', 900_000)).id);
  const eu = { area: 'EU', currency: 'eur', limit: 1_000_000, left_out: [], window: 'calendar_year' };
  expect(await thresholds()).toMatchObject([{ ...eu, amount: 900_000, sales: 2, percent: 90, status: 'approaching' }, { area: 'CH' }]);
  await stripe.creditNotes.create({ invoice: italian.id, amount: 250_000 });
  expect(await thresholds()).toMatchObject([{ ...eu, amount: 650_000, sales: 2, percent: 65, status: 'below' }, { area: 'CH' }]);
  expect(await thresholds('?status=crossed')).toEqual([]);
});

test('sales on a test clock are reported for that clock, at its time', async () => {
  const clock = await startClock(stripe, '2027-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, address: { country: 'NO' } });
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 900_000, { currency: 'nok' }) }] });
  const norway = async (): Promise<Threshold | undefined> =>
    (await thresholds(`?test_clock=${clock.id}`)).find(({ area }) => area === 'NO');
  expect(await norway()).toMatchObject({ amount: 900_000, percent: 18, status: 'below' });
  await clock.to('2027-05-31');
  await clock.by(2 * HOUR);
  expect(await norway()).toMatchObject({ amount: 4_500_000, sales: 5, percent: 90, status: 'approaching' });
  expect((await thresholds()).find(({ area }) => area === 'NO')).toBeUndefined();
  expect(await refusal(product.get('/v1/tax/thresholds?test_clock=clock_none'))).toMatchObject({
    code: 'resource_missing',
    param: 'test_clock',
  });
});
