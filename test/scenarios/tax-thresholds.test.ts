import Stripe from 'stripe';
import { lookAtThresholds, watchThresholds } from '../../activities/tax-thresholds';
import { createAccount } from '../../db/accounts';
import { customerWith, priceOf, refusal } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

interface Threshold {
  area: string;
  amount: number;
  sales: number;
  percent: number;
  status: string;
}

const thresholds = async (query = ''): Promise<Threshold[]> => (await product.get(`/v1/tax/thresholds${query}`))['data'] as Threshold[];

async function sell(country: string, amount: number, change: Stripe.CustomerCreateParams = {}, by = stripe): Promise<Stripe.Invoice> {
  const { customer } = await customerWith(by, 'pm_card_visa', { address: { country }, ...change });
  const { id } = await by.invoices.create({ customer, currency: 'eur', auto_advance: false });
  await by.invoiceItems.create({ customer, invoice: id, amount, currency: 'eur' });
  return by.invoices.finalizeInvoice(id);
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

test('sales in other currencies count at the account’s exchange rates; the report is also CSV', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: { country: 'SE' } });
  const { id } = await stripe.invoices.create({ customer, currency: 'sek', auto_advance: false });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1_000_000, currency: 'sek' });
  await stripe.invoices.finalizeInvoice(id);
  expect((await thresholds())[0]).toMatchObject({ area: 'EU', amount: 650_000, left_out: [{ currency: 'sek', amount: 1_000_000 }] });
  const date = new Date().toISOString().slice(0, 10);
  await product.post('/v1/ledger/exchange_rates', { from: 'sek', to: 'eur', rate: '0.09', date });
  expect((await thresholds())[0]).toMatchObject({
    ...{ area: 'EU', amount: 740_000, sales: 3, percent: 74, left_out: [] },
    converted: [{ currency: 'sek', amount: 1_000_000, converted_amount: 90_000 }],
  });
  const { csv } = await product.get('/v1/tax/thresholds?format=csv');
  expect(String(csv).split('\r\n').slice(0, 2)).toEqual([
    'area,status,percent,currency,amount,limit,sales,sales_limit,combines,counts,window,period_start,period_end,converted,left_out,source',
    expect.stringMatching(/^EU,below,74,eur,7400\.00,10000\.00,3,,or,cross_border_consumers,calendar_year,.*,10000\.00 SEK,,"/) as string,
  ]);
});

test('a threshold is announced once when it is near and once when it is crossed, however many workers look at the same time', async () => {
  const { account, sql, system } = product;
  const deps = { sql, secret: system.deps.secret, notifyEndpoints: () => undefined };
  let now = Math.floor(Date.now() / 1000);
  /** Each later than the one before: a look is one commit of its second. */
  const look = (): Promise<void> => lookAtThresholds(deps, { account, livemode: false }, (now += 1));
  const announced = async (): Promise<string[]> => {
    const { data } = await stripe.events.list({ limit: 100 });
    const own = data as unknown as { type: string; data: { object: Threshold } }[];
    return own
      .filter(({ type }) => type.startsWith('tax.threshold.'))
      .map(({ type, data: { object } }) => `${type} ${object.area} ${object.percent}`);
  };
  const looked = async (): Promise<number> => (await sql`select 1 from commits where workflow like 'api/tax-thresholds/%'`).length;
  await look();
  expect(await announced()).toEqual([]);
  expect(await looked()).toBe(0);
  await sell('FR', 160_000);
  await Promise.all([look(), look(), look()]);
  const commits = await looked();
  await look();
  expect(await looked()).toBe(commits);
  expect(await announced()).toEqual(['tax.threshold.approaching EU 90']);
  await sell('FR', 200_000);
  await look();
  await look();
  expect(await announced()).toEqual(['tax.threshold.crossed EU 110', 'tax.threshold.approaching EU 90']);
  await stripe.tax.registrations.create({ country: 'AU', country_options: { au: { type: 'standard' } }, active_from: 'now' });
  const { customer } = await customerWith(stripe, 'pm_card_visa', { address: { country: 'AU' } });
  const { id } = await stripe.invoices.create({ customer, currency: 'aud', auto_advance: false });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 9_000_000, currency: 'aud' });
  await stripe.invoices.finalizeInvoice(id);
  await look();
  expect((await thresholds()).find(({ area }) => area === 'AU')).toMatchObject({ status: 'registered', percent: 120 });
  expect(await announced()).toHaveLength(2);
});

test('a seller at whom the look fails keeps nobody else from its notice', async () => {
  const { sql, system } = product;
  const { hostname: host, port } = new URL(product.url);
  const selling = async (name: string): Promise<string> => {
    const { account, keys } = await createAccount(sql, { name });
    const neighbor = new Stripe(keys.test, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
    await neighbor.tax.settings.update({ head_office: { address: { country: 'DE' } } });
    await sell('FR', 900_000, {}, neighbor);
    return account;
  };
  const neighbors = [await selling('One'), await selling('Two')];
  const deps = { sql, secret: system.deps.secret, notifyEndpoints: () => undefined };
  const failing = {
    ...deps,
    notifyEndpoints: () => {
      throw new Error('away');
    },
  };
  await expect(watchThresholds(failing)).rejects.toThrow('away');
  await watchThresholds(deps);
  expect(await sql`select 1 from tax_thresholds where account in ${sql(neighbors)}`).toHaveLength(2);
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
