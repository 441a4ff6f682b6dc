import type Stripe from 'stripe';
import { booksBalance } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  const head_office = { address: { country: 'DE', postal_code: '10115' } };
  await stripe.tax.settings.update({ head_office, defaults: { tax_behavior: 'exclusive', tax_code: 'txcd_10103001' } });
  for (const type of ['standard', 'oss_union'] as const) {
    await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type } }, active_from: 'now' });
  }
}, 120_000);
afterAll(() => product.stop());
afterEach(async () => {
  expect(await booksBalance(product.sql)).toEqual([]);
});

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'subscription', success_url: 'https://shop.example.com/thanks', ...params });

const CARD = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
const PARIS = { country: 'FR', line1: '1 rue de la Paix', postal_code: '75002', city: 'Paris' };

const submit = (session: Stripe.Checkout.Session, entries: Record<string, string>) =>
  submitPage(session.url ?? '', { ...CARD, ...PARIS, withdrawal_consent: 'yes', ...entries });

const business = async (params: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  open({
    line_items: [{ price: await priceOf(stripe), quantity: 1 }],
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    ...params,
  });

test('a business gives its tax id, sees the total without the tax that it owes itself, and pays that', async () => {
  const session = await business();
  expect(session).toMatchObject({ tax_id_collection: { enabled: true, required: 'never' } });
  const consumer = await submit(session, { action: 'update' });
  expect(consumer.html).toContain('$12.00');
  const wrong = await submit(session, { action: 'update', tax_id: '12' });
  expect(wrong.html).toContain('This tax ID cannot be one of this country. Nothing was charged.');
  // The prefix of the country may be left out.
  const shown = await submit(session, { action: 'update', tax_id: 'AB123456789' });
  expect(shown.html).toContain('$10.00');
  expect((await submit(session, { tax_id: 'FRAB123456789', amount: '1000' })).status).toBe(402);
  expect((await submit(session, { tax_id: 'FRAB123456789', business_name: 'Ada SARL', amount: '1000' })).status).toBe(303);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer', 'invoice', 'customer.tax_ids'] });
  const taxId = { type: 'eu_vat', value: 'FRAB123456789' };
  expect(paid).toMatchObject({
    status: 'complete',
    amount_total: 1000,
    customer_details: { tax_ids: [taxId], business_name: 'Ada SARL' },
    customer: { name: 'Ada SARL', tax_ids: { data: [taxId] } },
    invoice: {
      total: 1000,
      amount_paid: 1000,
      total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
      customer_tax_ids: [taxId],
    },
  });
});

test('where a tax id is required, nobody pays without one', async () => {
  const session = await business({ tax_id_collection: { enabled: true, required: 'if_supported' } });
  expect((await submit(session, {})).status).toBe(402);
  expect((await stripe.checkout.sessions.retrieve(session.id)).customer).toBeNull();
});

test("an existing customer's address and name are replaced only where the seller says so, and the page shows the tax that is charged", async () => {
  const known = { country: 'EE', line1: 'Pikk 1', city: 'Tallinn', postal_code: '10130', state: null, line2: null };
  const totals = async (customer_update?: Stripe.Checkout.SessionCreateParams.CustomerUpdate) => {
    const { customer } = await customerWith(stripe, null, { name: 'Old', address: { ...known, line2: undefined, state: undefined } });
    const session = await business({
      customer,
      tax_id_collection: { enabled: false },
      billing_address_collection: 'required',
      ...(customer_update ? { customer_update } : {}),
    });
    await submit(session, { action: 'update' });
    const { amount_total: total } = await stripe.checkout.sessions.retrieve(session.id);
    expect((await submit(session, { amount: String(total) })).status).toBe(303);
    const { invoice } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] });
    const { name, address } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    return [total, (invoice as Stripe.Invoice).amount_paid, name, address?.country];
  };
  expect(await totals()).toEqual([1240, 1240, 'Old', 'EE']);
  expect(await totals({ address: 'auto', name: 'auto' })).toEqual([1200, 1200, 'Ada', 'FR']);
});

test('a checkout that could not keep what it asks for is refused at once', async () => {
  const { customer } = await customerWith(stripe, null);
  expect(await refusal(business({ customer }))).toMatchObject({
    param: 'customer_update[name]',
    message: expect.stringContaining('Tax ID collection requires updating business name on the customer.') as string,
  });
  expect((await refusal(business({ customer_update: { address: 'auto' } }))).param).toBe('customer_update');
});
