import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, priceOf, typesOf } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const book = () => stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });

/** A visitor follows the link: the session that it opened, by its page. */
async function visit({ url }: Stripe.PaymentLink, query = '', cookie = '') {
  const response = await fetch(`${product.url}${new URL(url).pathname}${query}`, { redirect: 'manual', headers: { Cookie: cookie } });
  const page = response.headers.get('location');
  const html = await response.text();
  const [set = ''] = response.headers.getSetCookie();
  const session = page === null ? '' : (page.split('/').at(-1) ?? '');
  return { status: response.status, page, html, session, cookie: set.split(';')[0] ?? '' };
}

async function pay(session: string, amount: string) {
  const page = `${product.url}/c/pay/${session}`;
  const entries = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0', amount };
  const body = new URLSearchParams({ ...entries, withdrawal_consent: 'yes', renewal_consent: 'yes' });
  await fetch(page, { method: 'POST', body, redirect: 'manual' });
  for (let looks = 0; looks < 40; looks += 1) {
    if ((await stripe.checkout.sessions.retrieve(session)).status === 'complete') return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => {
      const { param, code } = error as Stripe.errors.StripeError;
      return [code, param];
    },
  );

test('each visitor of a link gets a session of their own, with its lines and settings, and pays it', async () => {
  const price = await priceOf(stripe);
  const link = await stripe.paymentLinks.create({
    line_items: [{ price, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
    metadata: { campaign: 'spring' },
    allow_promotion_codes: true,
    subscription_data: { metadata: { seat: '7' }, description: 'Team' },
    after_completion: { type: 'redirect', redirect: { url: 'https://shop.example.com/thanks?s={CHECKOUT_SESSION_ID}' } },
  });
  expect(link).toMatchObject({ active: true, currency: 'usd', allow_promotion_codes: true, payment_method_collection: 'always' });
  const first = await visit(link, '?prefilled_email=ada@example.com&client_reference_id=order-7&locale=de');
  const second = await visit(link, '?client_reference_id=a%20b');
  expect([first.status, second.status, first.session === second.session]).toEqual([303, 303, false]);
  expect(await stripe.checkout.sessions.retrieve(second.session)).toMatchObject({ client_reference_id: null, customer_email: null });
  expect(await stripe.checkout.sessions.retrieve(first.session, { expand: ['payment_link'] })).toMatchObject({
    mode: 'subscription',
    payment_link: { id: link.id },
    client_reference_id: 'order-7',
    customer_details: { email: 'ada@example.com' },
    customer_email: null,
    metadata: { campaign: 'spring' },
    amount_total: 2000,
    allow_promotion_codes: true,
    success_url: 'https://shop.example.com/thanks?s={CHECKOUT_SESSION_ID}',
    locale: 'de',
  });
  await pay(first.session, '2000');
  const paid = await stripe.checkout.sessions.retrieve(first.session, { expand: ['subscription'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', subscription: { status: 'active', metadata: { seat: '7' } } });
  const { data } = await stripe.checkout.sessions.list({ payment_link: link.id });
  expect(data.map(({ status }) => status).sort()).toEqual(['complete', 'open']);
});

test('a link with a limit sells so often, then says what the seller wrote', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price, quantity: 1 }],
    restrictions: { completed_sessions: { limit: 1 } },
    inactive_message: 'Sold <out>.',
  });
  expect(link).toMatchObject({ restrictions: { completed_sessions: { count: 0, limit: 1 } }, payment_method_collection: 'if_required' });
  await pay((await visit(link)).session, '500');
  expect(await stripe.paymentLinks.retrieve(link.id)).toMatchObject({
    active: false,
    restrictions: { completed_sessions: { count: 1, limit: 1 } },
  });
  const closed = await visit(link);
  expect([closed.status, closed.page]).toEqual([410, null]);
  expect(closed.html).toContain('Sold &lt;out&gt;.');
});

test('a link is changed, listed and closed; its events say so', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  const [line] = (await stripe.paymentLinks.listLineItems(link.id)).data;
  expect(line).toMatchObject({ amount_total: 500, quantity: 1, price: { id: price } });
  await stripe.paymentLinks.update(link.id, { line_items: [{ id: String(line?.id), quantity: 3 }], metadata: { a: 'b' } });
  const changed = await stripe.paymentLinks.retrieve(link.id, { expand: ['line_items'] });
  expect(changed.line_items?.data).toMatchObject([{ id: line?.id, quantity: 3, amount_total: 1500 }]);
  expect((await stripe.checkout.sessions.retrieve((await visit(link)).session)).amount_total).toBe(1500);
  expect((await stripe.paymentLinks.update(link.id, { active: false })).active).toBe(false);
  expect((await visit(link)).status).toBe(410);
  expect((await stripe.paymentLinks.list({ active: false })).data.map(({ id }) => id)).toContain(link.id);
  expect((await stripe.paymentLinks.list({ active: true })).data.map(({ id }) => id)).not.toContain(link.id);
  const types = typesOf(await eventsOf(stripe, {})).filter((type) => type.startsWith('payment_link.'));
  expect(types.slice(-3)).toEqual(['payment_link.created', 'payment_link.updated', 'payment_link.updated']);
});

test('wrong terms are refused at once, with their parameter', async () => {
  const { id: price } = await book();
  const create = (params: Partial<Stripe.PaymentLinkCreateParams>) =>
    refused(stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }], ...params }));
  expect(await create({ line_items: [{ price: 'price_none', quantity: 1 }] })).toEqual(['resource_missing', 'line_items[0][price]']);
  const adjustable = { enabled: true, minimum: 5, maximum: 2 };
  const between = await create({ line_items: [{ price, quantity: 3, adjustable_quantity: adjustable }] });
  expect(between?.[1]).toBe('line_items[0][adjustable_quantity][minimum]');
  expect((await create({ subscription_data: { trial_period_days: 3 } }))?.[1]).toBe('subscription_data');
  expect((await create({ after_completion: { type: 'redirect' } }))?.[1]).toBe('after_completion[redirect]');
  expect((await create({ application_fee_amount: 5 }))?.[1]).toBe('application_fee_amount');
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  const other = refused(stripe.paymentLinks.update(link.id, { line_items: [{ id: 'li_none', quantity: 2 }] }));
  expect(await other).toEqual(['resource_missing', 'line_items[0][id]']);
  await stripe.prices.update(price, { active: false });
  expect((await visit(link)).status).toBe(410);
  expect((await fetch(`${product.url}/b/plink_none`)).status).toBe(404);
});

test('a link that describes its price opens sessions', async () => {
  const described = { currency: 'usd', unit_amount: 700, product_data: { name: 'Pen' } };
  const link = await stripe.paymentLinks.create({ line_items: [{ price_data: described, quantity: 2 }] });
  const { status, session } = await visit(link);
  expect(status).toBe(303);
  expect((await stripe.checkout.sessions.retrieve(session)).amount_total).toBe(1400);
});

test('a look at the address without its page opens no session', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  const head = async () => (await fetch(`${product.url}${new URL(link.url).pathname}`, { method: 'HEAD', redirect: 'manual' })).status;
  expect(await head()).toBe(200);
  expect((await stripe.checkout.sessions.list({ payment_link: link.id })).data).toEqual([]);
  await stripe.paymentLinks.update(link.id, { active: false });
  expect(await head()).toBe(410);
});

test('an address brings its promotion code; a code that is not valid is left out', async () => {
  const { id: price } = await book();
  const { id: coupon } = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  const promotion = { type: 'coupon' as const, coupon };
  const { id: code } = await stripe.promotionCodes.create({ promotion, code: 'SPRING' });
  await stripe.promotionCodes.create({ promotion, code: 'BIG', restrictions: { minimum_amount: 10_000, minimum_amount_currency: 'usd' } });
  const opened = async (link: Stripe.PaymentLink, query: string) =>
    stripe.checkout.sessions.retrieve((await visit(link, `?prefilled_promo_code=${query}`)).session);
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }], allow_promotion_codes: true });
  expect(await opened(link, 'spring')).toMatchObject({ amount_total: 400, discounts: [{ promotion_code: code }] });
  for (const other of ['NONE', 'BIG', '%27']) expect(await opened(link, other)).toMatchObject({ amount_total: 500, discounts: [] });
  const without = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  expect(await opened(without, 'SPRING')).toMatchObject({ amount_total: 500, discounts: [] });
});

test('a visitor who reloads the address has one session until it is paid, and another way to write the address is another visit', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  const first = await visit(link);
  expect((await visit(link, '', first.cookie)).session).toBe(first.session);
  expect((await visit(link, '?prefilled_email=ada@example.com', first.cookie)).session).not.toBe(first.session);
  const other = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  expect((await visit(other, '', first.cookie)).session).not.toBe(first.session);
  await pay(first.session, '500');
  expect((await visit(link, '', first.cookie)).session).not.toBe(first.session);
});

test('the buyer reads what the seller says after the purchase', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price, quantity: 1 }],
    after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: 'Your <code> comes by **mail**.' } },
  });
  expect(link.after_completion.hosted_confirmation?.custom_message).toBe('Your <code> comes by **mail**.');
  const { session } = await visit(link);
  const page = async () => (await fetch(`${product.url}/c/pay/${session}`)).text();
  expect(await page()).not.toContain('comes by');
  await pay(session, '500');
  expect(await page()).toContain('Your &lt;code&gt; comes by <strong>mail</strong>.');
});

test('of twenty buyers who pay at the same time, as many succeed as the limit allows, and the end is announced once', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price, quantity: 1 }],
    restrictions: { completed_sessions: { limit: 3 } },
  });
  const sessions = await Promise.all(Array.from({ length: 20 }, async () => (await visit(link)).session));
  const confirm = (session: string) =>
    product.post(`/v1/payment_pages/${session}/confirm`, { payment_method: 'pm_card_visa', expected_amount: 500 });
  const results = await Promise.all(sessions.map((session) => refused(confirm(session))));
  expect(results.filter((result) => result === null)).toHaveLength(3);
  expect(results.filter((result) => result?.[1] === 'payment_link')).toHaveLength(17);
  expect(await stripe.paymentLinks.retrieve(link.id)).toMatchObject({
    active: false,
    restrictions: { completed_sessions: { count: 3, limit: 3 } },
  });
  const updates = (await eventsOf(stripe, {})).filter(
    ({ type, data }) => type === 'payment_link.updated' && 'id' in data.object && data.object.id === link.id,
  );
  expect(updates).toMatchObject([{ data: { object: { active: false }, previous_attributes: { active: true } } }]);
});

test('a declined buyer keeps the place for another card, and nobody else gets it meanwhile', async () => {
  const { id: price } = await book();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price, quantity: 1 }],
    restrictions: { completed_sessions: { limit: 1 } },
  });
  const [first, second] = [(await visit(link)).session, (await visit(link)).session];
  const confirm = (session: string, card: string) =>
    refused(product.post(`/v1/payment_pages/${session}/confirm`, { payment_method: card }));
  expect((await confirm(first, 'pm_card_visa_chargeDeclined'))?.[0]).toBe('card_declined');
  expect((await confirm(second, 'pm_card_visa'))?.[1]).toBe('payment_link');
  expect(await confirm(first, 'pm_card_visa')).toBeNull();
});

test('a link takes what the account offers when the visitor comes, unless it names the ways to pay; its optional items can change', async () => {
  const { id: price } = await stripe.prices.create({ currency: 'eur', unit_amount: 500, product_data: { name: 'Book' } });
  const { id: extra } = await stripe.prices.create({ currency: 'eur', unit_amount: 300, product_data: { name: 'Wrapping' } });
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  expect(link.payment_method_types).toBeNull();
  const typesOfVisit = async () => (await stripe.checkout.sessions.retrieve((await visit(link)).session)).payment_method_types;
  expect(await typesOfVisit()).toEqual(['card']);
  const [standard] = (await stripe.paymentMethodConfigurations.list()).data;
  await stripe.paymentMethodConfigurations.update(standard?.id ?? '', { sepa_debit: { display_preference: { preference: 'on' } } });
  expect(await typesOfVisit()).toEqual(['card', 'sepa_debit']);
  await stripe.paymentLinks.update(link.id, { payment_method_types: ['sepa_debit'], optional_items: [{ price: extra, quantity: 1 }] });
  expect(await typesOfVisit()).toEqual(['sepa_debit']);
  expect((await visit(link)).status).toBe(303);
  expect(await (await fetch((await visit(link)).page ?? '')).text()).toContain('Wrapping');
  expect(await stripe.paymentLinks.update(link.id, { payment_method_types: '', optional_items: '' })).toMatchObject({
    payment_method_types: null,
    optional_items: null,
  });
  expect(await refused(stripe.paymentLinks.update(link.id, { payment_method_types: ['bacs_debit'] }))).toEqual([undefined, 'currency']);
  expect(await refused(stripe.paymentLinks.update(link.id, { optional_items: [{ price: 'price_none', quantity: 1 }] }))).toEqual([
    'resource_missing',
    'optional_items[0][price]',
  ]);
});
