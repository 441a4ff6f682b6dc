import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { refusal } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example.com/thanks', ...params });

const book = async () => (await stripe.prices.create({ currency: 'usd', unit_amount: 2000, product_data: { name: 'Book' } })).id;

const CARD = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
const ADA = {
  shipping_name: 'Ada L.',
  shipping_country: 'DE',
  shipping_line1: 'Unter den Linden 1',
  shipping_postal_code: '10117',
  shipping_city: 'Berlin',
};

const submit = (session: Stripe.Checkout.Session, entries: Record<string, string>) =>
  submitPage(session.url ?? '', { ...CARD, ...entries });

test('a shipping rate is created, changed, retrieved and listed', async () => {
  const rate = await stripe.shippingRates.create({
    display_name: 'Standard',
    type: 'fixed_amount',
    fixed_amount: { amount: 500, currency: 'usd', currency_options: { eur: { amount: 450 } } },
    delivery_estimate: { minimum: { unit: 'business_day', value: 3 }, maximum: { unit: 'business_day', value: 5 } },
    metadata: { zone: '1' },
    expand: ['fixed_amount.currency_options'],
  });
  expect(rate).toMatchObject({
    object: 'shipping_rate',
    active: true,
    tax_behavior: 'unspecified',
    tax_code: null,
    fixed_amount: {
      amount: 500,
      currency: 'usd',
      currency_options: { eur: { amount: 450, tax_behavior: 'unspecified' }, usd: { amount: 500, tax_behavior: 'unspecified' } },
    },
  });
  const changed = await stripe.shippingRates.update(rate.id, {
    active: false,
    tax_behavior: 'exclusive',
    fixed_amount: { currency_options: { chf: { amount: 480 } } },
    metadata: { zone: '2' },
    expand: ['fixed_amount.currency_options'],
  });
  expect(changed).toMatchObject({ active: false, tax_behavior: 'exclusive', metadata: { zone: '2' } });
  expect(Object.keys(changed.fixed_amount?.currency_options ?? {}).sort()).toEqual(['chf', 'eur', 'usd']);
  expect(await stripe.shippingRates.retrieve(rate.id)).toMatchObject({ active: false, fixed_amount: { amount: 500, currency: 'usd' } });
  expect((await stripe.shippingRates.list({ active: false, currency: 'usd' })).data.map(({ id }) => id)).toEqual([rate.id]);
  const says = async (work: Promise<unknown>) => (await refusal(work)).param;
  expect(await says(stripe.shippingRates.update(rate.id, { tax_behavior: 'inclusive' }))).toBe('tax_behavior');
  expect(await says(stripe.shippingRates.create({ display_name: 'None' }))).toBe('fixed_amount');
  const estimate = { minimum: { unit: 'week' as const, value: 1 }, maximum: { unit: 'day' as const, value: 2 } };
  const wrong = { display_name: 'Late', fixed_amount: { amount: 1, currency: 'usd' }, delivery_estimate: estimate };
  expect(await says(stripe.shippingRates.create(wrong))).toBe('delivery_estimate[minimum]');
});

test('a buyer pays for the goods and the delivery that they chose, and the address is on the payment', async () => {
  const standard = await stripe.shippingRates.create({ display_name: 'Standard', fixed_amount: { amount: 500, currency: 'usd' } });
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
  const session = await open({
    line_items: [{ price: await book(), quantity: 1 }],
    discounts: [{ coupon }],
    shipping_address_collection: { allowed_countries: ['DE', 'FR'] },
    shipping_options: [
      { shipping_rate: standard.id },
      { shipping_rate_data: { display_name: 'Express', fixed_amount: { amount: 1500, currency: 'usd' } } },
    ],
  });
  // The discount is of the goods alone.
  expect(session).toMatchObject({
    amount_subtotal: 2000,
    amount_total: 1500,
    total_details: { amount_discount: 1000, amount_shipping: 500, amount_tax: 0 },
    shipping_cost: { amount_subtotal: 500, amount_tax: 0, amount_total: 500, shipping_rate: standard.id },
    shipping_address_collection: { allowed_countries: ['DE', 'FR'] },
  });
  const express = session.shipping_options[1]?.shipping_rate as string;
  // Another choice than the page has shown costs more: it is shown before it is charged.
  const first = await submit(session, { ...ADA, shipping_rate: express, amount: '1500' });
  expect(first.status).toBe(402);
  expect(first.html).toContain('The amount has changed. Nothing was charged.');
  expect(first.html).toContain('$25.00');
  expect((await submit(session, { ...ADA, shipping_country: 'US', amount: '2500' })).status).toBe(402);
  expect((await submit(session, { ...ADA, shipping_rate: 'shr_none', amount: '2500' })).status).toBe(402);
  expect((await submit(session, { ...ADA, shipping_rate: express, amount: '2500' })).status).toBe(303);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'shipping_cost.shipping_rate'] });
  expect(paid).toMatchObject({
    status: 'complete',
    amount_total: 2500,
    shipping_cost: { amount_total: 1500, shipping_rate: { id: express, display_name: 'Express' } },
    collected_information: { shipping_details: { name: 'Ada L.', address: { country: 'DE', city: 'Berlin' } } },
    payment_intent: { amount_received: 2500, shipping: { name: 'Ada L.', address: { country: 'DE' } } },
  });
});

test('goods that the seller sends to a known address have it on the payment', async () => {
  const session = await open({
    line_items: [{ price: await book(), quantity: 1 }],
    payment_intent_data: { shipping: { name: 'Ada L.', address: { line1: 'Weg 1', city: 'Ulm', country: 'DE' } } },
  });
  expect((await submit(session, {})).status).toBe(303);
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  expect(intent).toMatchObject({ shipping: { name: 'Ada L.', phone: null, address: { city: 'Ulm', country: 'DE', state: null } } });
});

test('who gives no address, where the seller needs one, pays nothing', async () => {
  const session = await open({
    line_items: [{ price: await book(), quantity: 1 }],
    shipping_address_collection: { allowed_countries: ['DE'] },
  });
  expect((await submit(session, {})).status).toBe(402);
  expect((await submit(session, ADA)).status).toBe(303);
});

test('the seller changes what is offered, and where the goods go, while the session is open', async () => {
  const session = await open({
    line_items: [{ price: await book(), quantity: 1 }],
    shipping_address_collection: { allowed_countries: ['DE'] },
  });
  const data = (amount: number) => ({
    shipping_rate_data: { display_name: `For ${String(amount)}`, fixed_amount: { amount, currency: 'usd' } },
  });
  const changed = await stripe.checkout.sessions.update(session.id, {
    shipping_options: [data(700), data(900)],
    collected_information: { shipping_details: { name: 'Ada', address: { country: 'DE', line1: 'Weg 1', city: 'Ulm' } } },
  });
  expect(changed).toMatchObject({
    amount_total: 2700,
    shipping_options: [{ shipping_amount: 700 }, { shipping_amount: 900 }],
    collected_information: { shipping_details: { name: 'Ada', address: { city: 'Ulm', country: 'DE' } } },
  });
  expect(await stripe.checkout.sessions.update(session.id, { shipping_options: '' })).toMatchObject({
    amount_total: 2000,
    shipping_cost: null,
  });
  const elsewhere = { shipping_details: { name: 'Ada', address: { country: 'FR' as const, line1: 'Rue 1' } } };
  expect((await refusal(stripe.checkout.sessions.update(session.id, { collected_information: elsewhere }))).param).toBe(
    'collected_information[shipping_details][address][country]',
  );
});

test('delivery that cannot be offered is refused at once', async () => {
  const price = await book();
  const says = async (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
    (await refusal(open({ line_items: [{ price, quantity: 1 }], ...params }))).param;
  const euros = await stripe.shippingRates.create({ display_name: 'Euro', fixed_amount: { amount: 500, currency: 'eur' } });
  const gone = await stripe.shippingRates.create({ display_name: 'Gone', fixed_amount: { amount: 500, currency: 'usd' } });
  await stripe.shippingRates.update(gone.id, { active: false });
  const at = 'shipping_options[0]';
  expect(await says({ shipping_options: [{ shipping_rate: 'shr_none' }] })).toBe(`${at}[shipping_rate]`);
  expect(await says({ shipping_options: [{ shipping_rate: euros.id }] })).toBe(`${at}[shipping_rate]`);
  expect(await says({ shipping_options: [{ shipping_rate: gone.id }] })).toBe(`${at}[shipping_rate]`);
  expect(await says({ shipping_options: [{ shipping_rate_data: { display_name: 'x' } }] })).toBe(`${at}[shipping_rate_data][fixed_amount]`);
  expect(await says({ shipping_options: Array.from({ length: 6 }, () => ({ shipping_rate: gone.id })) })).toBe('shipping_options');
  expect(await says({ mode: 'subscription', shipping_options: [{ shipping_rate: gone.id }] })).toBe('shipping_options');
  const nowhere = { allowed_countries: ['XX' as 'DE'] };
  expect(await says({ shipping_address_collection: nowhere })).toBe('shipping_address_collection[allowed_countries][0]');
});
