/** The tax of an invoice in the currency of its country: on the invoice, its credit notes, its documents and the return. */
import type Stripe from 'stripe';
import { documentAt } from '../server/documents/document-at';
import { customerWith, priceOf } from '../support/builders';
import { startClock, type VirtualClock } from '../support/clock';
import { useProduct } from '../support/product';
import { booksBalanceAfterEach } from '../ledger/books';

interface NationalTax {
  amount: number | null;
  currency: string;
  exchange_rate: { date: string; rate: string; source: string | null } | null;
}
type WithNationalTax<T> = T & { national_tax?: NationalTax };

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);
let clock: VirtualClock;
let ownTaxId: string;

beforeAll(async () => {
  await stripe.tax.settings.update({
    head_office: { address: { country: 'DE', postal_code: '10115', city: 'Berlin', line1: 'Allee 1' } },
    defaults: { tax_behavior: 'exclusive' },
  });
  for (const type of ['standard', 'oss_union'] as const) {
    await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type } }, active_from: 'now' });
  }
  await stripe.tax.registrations.create({ country: 'GB', country_options: { gb: { type: 'standard' } }, active_from: 'now' });
  ownTaxId = (await stripe.taxIds.create({ type: 'eu_vat', value: 'DE123456789' })).id;
  clock = await startClock(stripe, '2026-02-10');
}, 120_000);

const enter = (from: string, to: string, date: string, rate: string) =>
  product.post('/v1/ledger/exchange_rates', { from, to, date, rate, source: 'ECB' });

/** A first invoice of 100.00 and its tax. */
async function invoiceIn(country: string, currency: string): Promise<WithNationalTax<Stripe.Invoice>> {
  const address = { country, city: 'Town', line1: 'Street 1', postal_code: '10115' };
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id, name: 'Jo', address });
  const price = await priceOf(stripe, 10_000, { currency, recurring: { interval: 'year' } });
  const { latest_invoice: invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    automatic_tax: { enabled: true },
    invoice_settings: { account_tax_ids: [ownTaxId] },
  });
  return stripe.invoices.retrieve(invoice as string);
}

const credit = async (params: Stripe.CreditNoteCreateParams): Promise<WithNationalTax<Stripe.CreditNote>> =>
  stripe.creditNotes.create(params);

test('the rate of the day decides once; credit notes and documents say the same, and together they take back exactly what was stated', async () => {
  await enter('eur', 'pln', '2026-02-06', '4.2');
  await enter('eur', 'pln', '2026-02-09', '4.2513');
  await enter('eur', 'pln', '2026-02-11', '5');
  const invoice = await invoiceIn('PL', 'eur');
  expect(invoice.total_taxes?.[0]?.amount).toBe(2300);
  const stated = { currency: 'pln', exchange_rate: { date: '2026-02-09', rate: '4.2513', source: 'ECB' } };
  expect(invoice.national_tax).toEqual({ ...stated, amount: 9778 });
  await enter('eur', 'pln', '2026-02-09', '9');
  expect(((await stripe.invoices.retrieve(invoice.id)) as typeof invoice).national_tax?.amount).toBe(9778);
  const { text: page } = await documentAt(product, invoice.hosted_invoice_url);
  expect(page).toMatch(/PLN\W{1,2}97\.78/);
  expect(page).toMatch(/1 EUR = 4\.2513 PLN, .*2026, ECB/);
  expect(await product.get(`/v1/invoices/${invoice.id}/explain`)).toMatchObject({
    national_tax: { amount: 9778, currency: 'pln', step: '23.00 eur × 4.2513 (ECB, 2026-02-09), rounded once = 97.78 pln' },
  });
  const { text: xml } = await documentAt(product, `${String(invoice.hosted_invoice_url)}/ubl.xml`);
  expect(xml).toContain('<cbc:TaxCurrencyCode>PLN</cbc:TaxCurrencyCode>');
  expect(xml).toContain('<cac:TaxTotal><cbc:TaxAmount currencyID="PLN">97.78</cbc:TaxAmount></cac:TaxTotal>');
  const notes = [];
  for (const amount of [4100, 4100, 4100]) notes.push(await credit({ invoice: invoice.id, amount, credit_amount: amount }));
  expect(notes.map(({ national_tax: tax }) => tax?.exchange_rate)).toEqual(notes.map(() => stated.exchange_rate));
  expect(notes.reduce((sum, { national_tax: tax }) => sum + (tax?.amount ?? 0), 0)).toBe(9778);
}, 60_000);

test('without a rate the invoice goes out, and says which currency is missing; one in the currency of its country says nothing', async () => {
  expect(await invoiceIn('SE', 'eur')).toMatchObject({
    ...{ status: 'paid', national_tax: { amount: null, currency: 'sek', exchange_rate: null } },
  });
  expect((await invoiceIn('FR', 'eur')).national_tax).toBeUndefined();
}, 60_000);

test('a British return has the pounds that the invoice states, not those of the last day', async () => {
  await enter('eur', 'gbp', '2026-02-09', '0.87654');
  await enter('eur', 'gbp', '2026-03-31', '0.5');
  const invoice = await invoiceIn('GB', 'eur');
  expect(invoice.national_tax?.amount).toBe(1753);
  const gb = (await product.get('/v1/tax_returns/gb_vat?period=2026-Q1')) as unknown as { boxes: { totalVatDue: string } };
  expect(gb.boxes.totalVatDue).toBe('17.53');
}, 60_000);
