import type Stripe from 'stripe';
import { customerWith, invoicesOf, priceOf } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;

beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  await product.post('/v1/account_settings', { invoices: { drafts: 'none' } });
  const head_office = { address: { country: 'DE', postal_code: '10115' } };
  await stripe.tax.settings.update({ head_office, defaults: { tax_behavior: 'exclusive', tax_code: 'txcd_10103001' } });
  const registered: [country: string, options: Stripe.Tax.RegistrationCreateParams.CountryOptions][] = [
    ['DE', { de: { type: 'standard' } }],
    ['DE', { de: { type: 'oss_union' } }],
    ['GB', { gb: { type: 'standard' } }],
    ['CH', { ch: { type: 'standard' } }],
    ['NO', { no: { type: 'standard' } }],
    ['AU', { au: { type: 'standard' } }],
    ['US', { us: { type: 'state_sales_tax', state: 'NY' } }],
  ];
  for (const [country, country_options] of registered)
    await stripe.tax.registrations.create({ country, country_options, active_from: 'now' });
}, 120_000);
afterAll(() => product.stop());

/** Tax in percent on each of the five invoices of 2025, and the reason on the last of them. */
interface Year {
  rates: [number, number, number, number, number];
  reason: string;
}

const always = (rate: number, reason = 'standard_rated'): Year => ({ rates: [rate, rate, rate, rate, rate], reason });
const REVERSED = always(0, 'reverse_charge');

/** Estonia's rate rose on 1 July 2025, Romania's on 1 August. Both are between the third invoice (15 July) and its neighbors. */
const COUNTRIES: Record<
  string,
  { address: Stripe.AddressParam; taxId: Stripe.CustomerCreateParams.TaxIdDatum; consumer: Year; business: Year }
> = {
  DE: { address: { country: 'DE' }, taxId: { type: 'eu_vat', value: 'DE123456789' }, consumer: always(19), business: always(19) },
  FR: { address: { country: 'FR' }, taxId: { type: 'eu_vat', value: 'FRAB123456789' }, consumer: always(20), business: REVERSED },
  EE: {
    ...{ address: { country: 'EE' }, taxId: { type: 'eu_vat', value: 'EE123456789' } },
    ...{ consumer: { rates: [22, 22, 24, 24, 24], reason: 'standard_rated' }, business: REVERSED },
  },
  RO: {
    ...{ address: { country: 'RO' }, taxId: { type: 'eu_vat', value: 'RO1234567891' } },
    ...{ consumer: { rates: [19, 19, 19, 21, 21], reason: 'standard_rated' }, business: REVERSED },
  },
  ES: { address: { country: 'ES' }, taxId: { type: 'eu_vat', value: 'ESA1234567Z' }, consumer: always(21), business: REVERSED },
  GB: { address: { country: 'GB' }, taxId: { type: 'gb_vat', value: 'GB123456789' }, consumer: always(20), business: REVERSED },
  CH: { address: { country: 'CH' }, taxId: { type: 'ch_vat', value: 'CHE-123.456.789 MWST' }, consumer: always(8.1), business: REVERSED },
  NO: { address: { country: 'NO' }, taxId: { type: 'no_vat', value: '123456789MVA' }, consumer: always(25), business: REVERSED },
  AU: {
    ...{ address: { country: 'AU' }, taxId: { type: 'au_abn', value: '12345678912' } },
    ...{ consumer: always(10), business: always(0, 'not_subject_to_tax') },
  },
  US: {
    ...{ address: { country: 'US', postal_code: '10001' }, taxId: { type: 'us_ein', value: '12-3456789' } },
    ...{ consumer: always(4), business: always(4) },
  },
};

test('consumers and businesses in ten countries over a year: each invoice has the rate of its day and the reason of its place', async () => {
  const clock = await startClock(stripe, '2025-01-15');
  const price = await priceOf(stripe, 10_000, { currency: 'eur', recurring: { interval: 'month', interval_count: 3 } });
  const sold = await Promise.all(
    Object.entries(COUNTRIES).flatMap(([country, { address, taxId, consumer, business }]) =>
      [
        { buyer: `${country} consumer`, change: {}, year: consumer },
        { buyer: `${country} business`, change: { tax_id_data: [taxId] }, year: business },
      ].map(async ({ buyer, change, year }) => {
        const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, address, ...change });
        const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], automatic_tax: { enabled: true } });
        return { buyer, subscription: id, year };
      }),
    ),
  );
  await clock.to('2026-01-15');
  await clock.by(2 * HOUR);
  const billed = await Promise.all(
    sold.map(async ({ buyer, subscription }) => {
      const invoices = (await invoicesOf(stripe, subscription)).sort((one, other) => one.created - other.created);
      const rates = invoices.map(({ total, total_excluding_tax: net }) => (total - (net ?? 0)) / 100);
      return {
        buyer,
        rates,
        reason: invoices.at(-1)?.total_taxes?.[0]?.taxability_reason,
        paid: invoices.every(({ status }) => status === 'paid'),
      };
    }),
  );
  expect(billed).toEqual(sold.map(({ buyer, year }) => ({ buyer, ...year, paid: true })));
  const payable = await product.sql<
    { sum: number }[]
  >`select -sum(amount)::int as sum from ledger_entries where ledger_account like 'tax_payable%'`;
  const due = sold.flatMap(({ year }) => year.rates).reduce((sum, rate) => sum + rate * 100, 0);
  expect(payable).toEqual([{ sum: due }]);
}, 120_000);
