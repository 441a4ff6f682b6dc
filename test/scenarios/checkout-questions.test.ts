import type Stripe from 'stripe';
import { customerWith, priceOf, refusal } from '../support/builders';
import { submitPage } from '../support/checkout-page';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://shop.example.com/thanks', ...params });

const book = async () => (await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } })).id;

const CARD = { email: 'ada@example.com', name: 'A. Lovelace', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };

const submit = (url: string, entries: Record<string, string>) => submitPage(url, { ...CARD, ...entries });

const QUESTIONS: Stripe.Checkout.SessionCreateParams.CustomField[] = [
  { key: 'engraving', label: { type: 'custom', custom: 'Engraving <b>' }, type: 'text', text: { minimum_length: 2, maximum_length: 5 } },
  { key: 'floor', label: { type: 'custom', custom: 'Floor' }, type: 'numeric', optional: true },
  {
    key: 'size',
    label: { type: 'custom', custom: 'Size' },
    type: 'dropdown',
    dropdown: {
      default_value: 'm',
      options: [
        { label: 'Small', value: 's' },
        { label: 'Medium', value: 'm' },
      ],
    },
  },
];

test("a buyer answers the seller's questions, and the answers are on the session and on the customer", async () => {
  await product.post('/v1/account_settings', { checkout: { terms_of_service_url: 'https://shop.example.com/terms' } });
  const session = await open({
    line_items: [{ price: await book(), quantity: 1 }],
    customer_creation: 'always',
    custom_fields: QUESTIONS,
    custom_text: {
      submit: { message: 'Read **this** [first](https://shop.example.com/first).' },
      after_submit: { message: 'Thank <you>' },
    },
    consent_collection: { terms_of_service: 'required', promotions: 'auto' },
    phone_number_collection: { enabled: true },
    name_collection: { business: { enabled: true }, individual: { enabled: true, optional: true } },
  });
  expect(session).toMatchObject({
    consent: null,
    consent_collection: { payment_method_reuse_agreement: null, promotions: 'auto', terms_of_service: 'required' },
    name_collection: { business: { enabled: true, optional: false }, individual: { enabled: true, optional: true } },
    phone_number_collection: { enabled: true },
  });
  const page = await (await fetch(session.url ?? '')).text();
  expect(page).toContain('Engraving &lt;b&gt;');
  expect(page).toContain('<option value="m" selected="">Medium</option>');
  expect(page).toContain('<strong>this</strong> <a href="https://shop.example.com/first"');
  expect(page).toContain('Thank &lt;you&gt;');
  expect(page).toContain('href="https://shop.example.com/terms"');

  const answers = {
    phone: '+49 30 123456',
    business_name: 'Analytical Ltd',
    field_engraving: 'ADA',
    field_size: 's',
    terms_of_service: 'yes',
  };
  const wrong: Record<string, string>[] = [
    { phone: '' },
    { phone: 'call me' },
    { business_name: '' },
    { field_engraving: 'A' },
    { field_engraving: 'ADA LOVELACE' },
    { field_floor: 'second' },
    { field_size: 'xl' },
    { field_size: '' },
    { terms_of_service: '' },
  ];
  for (const entries of wrong) {
    const { status, html } = await submit(session.url ?? '', { ...answers, ...entries });
    expect([entries, status]).toEqual([entries, 402]);
    expect(html).toContain('An entry is missing or not valid. Nothing was charged.');
    expect(html).toContain('value="A. Lovelace"');
  }
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();
  expect((await submit(session.url ?? '', answers)).status).toBe(303);

  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  expect(paid).toMatchObject({
    status: 'complete',
    consent: { promotions: 'opt_out', terms_of_service: 'accepted' },
    customer: { name: 'Analytical Ltd', phone: '+49 30 123456', email: 'ada@example.com' },
    customer_details: { phone: '+49 30 123456', business_name: 'Analytical Ltd', individual_name: null },
    collected_information: { business_name: 'Analytical Ltd', individual_name: null },
  });
  expect(paid.custom_fields.map(({ key, text, numeric, dropdown }) => [key, (text ?? numeric ?? dropdown)?.value])).toEqual([
    ['engraving', 'ADA'],
    ['floor', null],
    ['size', 's'],
  ]);
});

test('a phone number that the page collects replaces that of an existing customer', async () => {
  const { customer } = await customerWith(stripe, null);
  const session = await open({
    mode: 'subscription',
    customer,
    line_items: [{ price: await priceOf(stripe), quantity: 1 }],
    phone_number_collection: { enabled: true },
  });
  expect((await submit(session.url ?? '', { phone: '030 5550100', renewal_consent: 'yes' })).status).toBe(303);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ phone: '030 5550100' });
});

test('questions that nobody could answer are refused at once', async () => {
  await product.post('/v1/account_settings', { checkout: { terms_of_service_url: '' } });
  const price = await book();
  const says = async (params: Partial<Stripe.Checkout.SessionCreateParams>) => {
    const { param, message } = await refusal(open({ line_items: [{ price, quantity: 1 }], ...params }));
    return [param, message];
  };
  const field = (change: object) => ({
    custom_fields: [{ key: 'a', label: { type: 'custom' as const, custom: 'A' }, type: 'text' as const, ...change }],
  });
  expect(await says({ consent_collection: { terms_of_service: 'required' } })).toEqual([
    'consent_collection[terms_of_service]',
    expect.stringContaining('You cannot collect consent to your terms of service unless a URL is set') as string,
  ]);
  const twice = field({}).custom_fields;
  expect((await says({ custom_fields: [...twice, ...twice] }))[0]).toBe('custom_fields[1][key]');
  expect((await says({ custom_fields: [...twice, ...twice, ...twice, ...twice] }))[0]).toBe('custom_fields');
  expect((await says(field({ key: 'not-this' })))[0]).toBe('custom_fields[0][key]');
  expect((await says(field({ label: { type: 'custom', custom: 'L'.repeat(51) } })))[0]).toBe('custom_fields[0][label][custom]');
  expect((await says(field({ numeric: { maximum_length: 3 } })))[0]).toBe('custom_fields[0][numeric]');
  expect((await says(field({ text: { minimum_length: 3, maximum_length: 2 } })))[0]).toBe('custom_fields[0][text][minimum_length]');
  expect((await says(field({ text: { default_value: 'long', maximum_length: 2 } })))[0]).toBe('custom_fields[0][text][default_value]');
  expect((await says(field({ type: 'dropdown' })))[0]).toBe('custom_fields[0][dropdown]');
  const options = [{ label: 'A', value: 'a' }];
  expect((await says(field({ type: 'dropdown', dropdown: { options, default_value: 'b' } })))[0]).toBe(
    'custom_fields[0][dropdown][default_value]',
  );
  expect((await says(field({ type: 'dropdown', dropdown: { options: [...options, ...options] } })))[0]).toBe(
    'custom_fields[0][dropdown][options][1][value]',
  );
  expect((await says({ custom_text: { submit: { message: 'x'.repeat(1201) } } }))[0]).toBe('custom_text[submit][message]');
  const setup = refusal(open({ mode: 'setup', currency: 'usd', phone_number_collection: { enabled: true } }));
  expect((await setup).param).toBe('phone_number_collection');
});

test("a payment link's sessions ask what the link asks, and a change of the link is asked from then on", async () => {
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: await book(), quantity: 1 }],
    custom_fields: [{ key: 'seat', label: { type: 'custom', custom: 'Seat' }, type: 'text' }],
    custom_text: { submit: { message: 'Hello' }, after_submit: { message: 'Bye' } },
    phone_number_collection: { enabled: true },
  });
  const question = { key: 'seat', label: { custom: 'Seat', type: 'custom' }, optional: false, type: 'text' };
  expect(link.custom_fields).toEqual([{ ...question, text: { default_value: null, maximum_length: null, minimum_length: null } }]);
  const visit = async () => {
    const { headers } = await fetch(`${product.url}${new URL(link.url).pathname}`, { redirect: 'manual' });
    return stripe.checkout.sessions.retrieve(headers.get('location')?.split('/').at(-1) ?? '');
  };
  expect(await visit()).toMatchObject({
    custom_fields: [{ ...question, text: { value: null } }],
    phone_number_collection: { enabled: true },
  });
  await stripe.paymentLinks.update(link.id, {
    custom_fields: '',
    custom_text: { submit: '' },
    phone_number_collection: { enabled: false },
  });
  expect(await visit()).toMatchObject({
    custom_fields: [],
    custom_text: { submit: null, after_submit: { message: 'Bye' } },
    phone_number_collection: { enabled: false },
  });
});
