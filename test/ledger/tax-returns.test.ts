import type Stripe from 'stripe';
import { customerWith, priceOf, refusal } from '../support/builders';
import { startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

interface Line {
  part: string;
  country: string;
  rate: string;
  original_period: string | null;
  tax_id: string | null;
  taxable_amount: number;
  tax_amount: number;
  currency: string;
  sources: { currency: string; taxable_amount: number; tax_amount: number }[];
}
interface Return {
  id: string | null;
  status: string;
  lines: Line[];
  boxes: Record<string, string> | null;
  missing_exchange_rates: { date: string; from: string; to: string }[];
  csv?: string;
}

let product: Product;
let stripe: Stripe;
const invoices: Record<string, string> = {};

/** A German seller's first quarter of 2026: Estonia in eur, Ireland in usd, a French business, Great Britain, New York. */
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  await stripe.tax.settings.update({
    head_office: { address: { country: 'DE', postal_code: '10115' } },
    defaults: { tax_behavior: 'exclusive' },
  });
  const types = { de: ['standard', 'oss_union'], gb: ['standard'] } as const;
  for (const type of types.de) {
    await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type } }, active_from: 'now' });
  }
  await stripe.tax.registrations.create({ country: 'GB', country_options: { gb: { type: 'standard' } }, active_from: 'now' });
  const clock = await startClock(stripe, '2026-02-10');
  const sell = async (country: string, currency: string, change: Stripe.CustomerCreateParams = {}) => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, address: { country }, ...change });
    const price = await priceOf(stripe, 10_000, { currency, recurring: { interval: 'year' } });
    const { latest_invoice } = await stripe.subscriptions.create({ customer, items: [{ price }], automatic_tax: { enabled: true } });
    invoices[country] = latest_invoice as string;
  };
  await sell('EE', 'eur');
  await sell('IE', 'usd');
  await sell('FR', 'eur', { tax_id_data: [{ type: 'eu_vat', value: 'FRAB123456789' }] });
  await sell('GB', 'gbp');
  await clock.to('2026-04-20');
}, 120_000);
afterAll(() => product.stop());

const read = async (form: string, query: string): Promise<Return> =>
  (await product.get(`/v1/tax_returns/${form}?${query}`)) as unknown as Return;

test('the One-Stop Shop: each state and rate, in euro by the rate of the last day, in the layout of the upload', async () => {
  const before = await read('oss_union', 'period=2026-Q1');
  expect(before.missing_exchange_rates).toEqual([{ date: '2026-03-31', from: 'usd', to: 'eur' }]);
  expect(await refusal(product.post('/v1/tax_returns/oss_union/close', { period: '2026-Q1' }))).toMatchObject({ param: 'period' });
  await product.post('/v1/ledger/exchange_rates', { from: 'usd', to: 'eur', rate: '0.8', date: '2026-03-31', source: 'ECB' });
  await product.post('/v1/ledger/exchange_rates', { from: 'usd', to: 'eur', rate: '0.9', date: '2026-03-31', source: 'ECB' });
  expect(await product.get('/v1/ledger/exchange_rates')).toMatchObject({
    data: [{ from: 'usd', to: 'eur', rate: '0.9', date: '2026-03-31' }],
  });
  const oss = await read('oss_union', 'period=2026-Q1&format=csv');
  expect(oss.lines).toMatchObject([
    { part: 'sales', country: 'EE', rate: '24', taxable_amount: 10_000, tax_amount: 2400, currency: 'eur' },
    {
      ...{ part: 'sales', country: 'IE', rate: '23', taxable_amount: 9000, tax_amount: 2070, currency: 'eur' },
      sources: [{ currency: 'usd', taxable_amount: 10_000, tax_amount: 2300 }],
    },
  ]);
  expect(oss.csv?.split('\r\n')).toEqual([
    '#v1.0',
    '#ve1.1.0',
    'Land des Verbrauchs,Umsatzsteuertyp,Umsatzsteuersatz,"Steuerbemessungsgrundlage, Nettobetrag",Umsatzsteuerbetrag',
    'EE,STANDARD,24.00,100.00,24.00',
    'IE,STANDARD,23.00,90.00,20.70',
    '',
  ]);
});

test('sales to businesses in the Union are on the recapitulative statement, and British ones in the nine boxes', async () => {
  expect((await read('ec_sales_list', 'period=2026-02')).lines).toMatchObject([
    { country: 'FR', tax_id: 'FRAB123456789', taxable_amount: 10_000, tax_amount: 0 },
  ]);
  const british = await read('gb_vat', 'period=2026-Q1');
  expect(british.boxes).toMatchObject({ vatDueSales: '20.00', totalVatDue: '20.00', netVatDue: '20.00', totalValueSalesExVAT: '100' });
  expect((await read('us_sales_tax', 'period=2026')).lines).toEqual([]);
});

test('each line is the sum of the entries of its tax account', async () => {
  const { lines } = await read('summary', 'period=2026');
  const booked = await product.sql<{ place: string; tax: number }[]>`
    select ledger_account as place, -sum(amount)::bigint as tax from ledger_entries where ledger_account like 'tax_payable:%' group by 1`;
  const sums = new Map<string, number>();
  for (const line of lines as (Line & { account: string })[]) sums.set(line.account, (sums.get(line.account) ?? 0) + line.tax_amount);
  expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(booked.map(({ place, tax }) => [place, tax])));
});

test('a closed return stays, and a later credit note is a correction that names its period', async () => {
  const closed = (await product.post('/v1/tax_returns/oss_union/close', { period: '2026-Q1' })) as unknown as Return;
  expect(closed).toMatchObject({ status: 'closed', id: expect.stringMatching(/^txrt_/) as string });
  expect(await product.get('/v1/ledger/closes')).toMatchObject({ data: [{ period: '2026-03', status: 'closed' }] });
  await stripe.creditNotes.create({ invoice: invoices['EE'] ?? '', amount: 6200, refund_amount: 6200 });
  await product.post('/v1/ledger/exchange_rates', { from: 'usd', to: 'eur', rate: '0.5', date: '2026-03-31' });
  expect((await read('oss_union', 'period=2026-Q1')).lines).toEqual(closed.lines);
  expect((await product.post('/v1/tax_returns/oss_union/close', { period: '2026-Q1' }))['id']).toBe(closed.id);
  expect((await read('oss_union', 'period=2026-Q2')).lines).toMatchObject([
    { part: 'corrections', country: 'EE', original_period: '2026-Q1', taxable_amount: -5000, tax_amount: -1200 },
  ]);
  expect(await product.get('/v1/tax_returns')).toMatchObject({ data: [{ id: closed.id, form: 'oss_union', period: '2026-Q1' }] });
});

test.each([
  ['GET', '/v1/tax_returns/oss_union?period=2026-01', 'period'],
  ['GET', '/v1/tax_returns/gb_vat?period=2026-Q5', 'period'],
  ['POST', '/v1/tax_returns/gb_vat/close?period=2099-Q1', 'period'],
  ['POST', '/v1/ledger/exchange_rates?from=usd&to=usd&rate=1&date=2026-03-31', 'to'],
  ['POST', '/v1/ledger/exchange_rates?from=usd&to=eur&rate=0&date=2026-03-31', 'rate'],
  ['POST', '/v1/ledger/exchange_rates?from=usd&to=eur&rate=1&date=2026-02-30', 'date'],
])('what makes no sense is refused: %s %s', async (method, path, param) => {
  expect(await refusal(stripe.rawRequest(method, path))).toMatchObject({ statusCode: 400, param });
});
