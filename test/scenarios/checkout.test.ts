import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const CONSENTS = { withdrawal_consent: 'yes', renewal_consent: 'yes' };
const SUCCESS = 'https://shop.example.com/thanks?session={CHECKOUT_SESSION_ID}';
const VISA = '4242424242424242';
const DECLINED = '4000000000000002';

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({ mode: 'subscription', success_url: SUCCESS, ...params });

/** What a browser without script sends. */
async function submit(session: Stripe.Checkout.Session, entries: Record<string, string>, number = VISA) {
  const body = new URLSearchParams({
    email: 'ada@example.com',
    name: 'Ada',
    number,
    expiry: '12/34',
    cvc: '123',
    attempt: '0',
    ...CONSENTS,
    ...entries,
  });
  const url = session.url ?? '';
  return arrived(url, await fetch(url, { method: 'POST', body, redirect: 'manual' }));
}

/** While the payment is being made, the page looks again. */
async function arrived(url: string, first: Response) {
  let [response, html] = [first, await first.text()];
  for (let looks = 0; html.includes('http-equiv="refresh"') && looks < 40; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    response = await fetch(url, { redirect: 'manual' });
    html = await response.text();
  }
  return { status: response.status, location: response.headers.get('location'), html };
}

const charges = async (session: string) => {
  const { customer, payment_intent: intent } = await stripe.checkout.sessions.retrieve(session);
  const { data } = await stripe.charges.list(intent ? { payment_intent: intent as string } : { customer: customer as string });
  return data.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount);
};

test('a buyer subscribes on the page: one charge, an active subscription, and back to the shop with the id of the session', async () => {
  const price = await priceOf(stripe);
  const session = await open({
    line_items: [{ price, quantity: 2 }],
    metadata: { a: 'b' },
    subscription_data: { metadata: { seat: '7' } },
  });
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 2000, customer: null, subscription: null });
  const page = await (await fetch(session.url ?? '')).text();
  expect(page).toContain('$20.00');

  const { status, location } = await submit(session, { amount: '2000' });
  expect([status, location]).toEqual([303, `https://shop.example.com/thanks?session=${session.id}`]);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'line_items'] });
  expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null, success_url: SUCCESS });
  expect(paid.subscription).toMatchObject({ status: 'active', metadata: { seat: '7' } });
  expect((paid.subscription as Stripe.Subscription).default_payment_method).toMatch(/^pm_/);
  expect(paid.line_items?.data).toMatchObject([{ amount_total: 2000, quantity: 2 }]);
  expect(await charges(session.id)).toEqual([2000]);
  const types = typesOf(await eventsOf(stripe, {}));
  expect(
    types.filter((type) => ['customer.created', 'customer.subscription.created', 'checkout.session.completed'].includes(type)),
  ).toEqual(['customer.created', 'customer.subscription.created', 'checkout.session.completed']);
});

/** What the seller sees of a buyer: subscriptions and invoices by their status, and the events about them. */
async function seenOf(session: string) {
  const customer = (await stripe.checkout.sessions.retrieve(session)).customer as string;
  const [subscriptions, invoices] = await Promise.all([
    stripe.subscriptions.list({ customer, status: 'all' }),
    stripe.invoices.list({ customer }),
  ]);
  const about = (await eventsOf(stripe, {})).filter(({ data }) => (data.object as { customer?: string }).customer === customer);
  return {
    subscriptions: subscriptions.data.map(({ status }) => status),
    invoices: invoices.data.map(({ status }) => status),
    events: typesOf(about).filter((type) => /^(customer\.subscription|invoice)\./.test(type)),
  };
}

test('a declined card leaves the session open and nothing to see, and the next card begins one subscription with one paid invoice', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  const declined = await submit(session, {}, DECLINED);
  expect(declined.status).toBe(402);
  expect(declined.html).toContain('Your card was declined.');
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    subscription: null,
  });
  expect(await seenOf(session.id)).toEqual({ subscriptions: [], invoices: [], events: [] });
  expect((await submit(session, { attempt: '1' })).status).toBe(303);
  expect(await seenOf(session.id)).toEqual({
    subscriptions: ['active'],
    invoices: ['paid'],
    events: ['invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded', 'customer.subscription.created'],
  });
  expect(await charges(session.id)).toEqual([1000]);
});

test('a double click, and a second window that knew nothing of the first, charge once', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  const answers = await Promise.all([submit(session, {}), submit(session, {}), submit(session, { name: 'Ada L.' })]);
  expect(answers.map(({ status }) => status)).toContain(303);
  expect((await submit(session, {})).status).toBe(303);
  expect(await charges(session.id)).toEqual([1000]);
});

describe('customers are limited to one subscription', () => {
  const limit = (place: string) => stripe.rawRequest('POST', '/v1/account_settings', { checkout: { subscribers_go_to: place } });
  afterEach(() => limit(''));

  test('two windows at once give one; who has one is led to where it is changed, and is charged once', async () => {
    const address = (text: string) => ({ email: `${text}@limit.example.com` });
    const line_items = [{ price: await priceOf(stripe), quantity: 1 }];
    await limit('https://shop.example.com/account?of={CUSTOMER_EMAIL}&in={CHECKOUT_SESSION_ID}');
    const windows = await Promise.all([open({ line_items }), open({ line_items }), open({ line_items })]);
    await Promise.all(windows.map((each, index) => submit(each, address(index === 1 ? 'EVE' : 'eve'))));
    const after = await Promise.all(windows.map(({ id }) => stripe.checkout.sessions.retrieve(id)));
    expect(after.map(({ status }) => status).sort()).toEqual(['complete', 'open', 'open']);
    const left = windows.find(({ id }) => after.some((each) => each.id === id && each.status === 'open')) as Stripe.Checkout.Session;
    const place = `https://shop.example.com/account?of=eve%40limit.example.com&in=`;
    expect(await submit(left, { ...address('eve'), attempt: '0' })).toMatchObject({ status: 303, location: `${place}${left.id}` });
    const paid = after.find(({ status }) => status === 'complete');
    const customer = paid?.customer as string;
    const known = await open({ line_items, customer });
    const seen = await fetch(known.url ?? '', { redirect: 'manual' });
    // Any of the three may have been the first.
    expect([seen.status, seen.headers.get('location')?.replace('of=EVE', 'of=eve')]).toEqual([303, `${place}${known.id}`]);
    expect(after.filter((each) => each.customer !== null)).toHaveLength(1);
    expect(await charges(paid?.id ?? '')).toEqual([1000]);
    // A sale is no subscription.
    const { id: book } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
    expect((await submit(await open({ mode: 'payment', line_items: [{ price: book, quantity: 1 }] }), address('eve'))).location).toContain(
      '/thanks',
    );
  });

  test('a declined buyer pays in another window; without a page of the portal the checkout says why it sells no more', async () => {
    const line_items = [{ price: await priceOf(stripe), quantity: 1 }];
    await limit('portal');
    const [declined, paid, third] = [await open({ line_items }), await open({ line_items }), await open({ line_items })];
    const fay = { email: 'fay@limit.example.com' };
    expect((await submit(declined, fay, DECLINED)).status).toBe(402);
    expect((await submit(paid, fay)).location).toContain('/thanks');
    const refused = await submit(third, fay);
    expect([refused.status, refused.html.includes('You already have a subscription with this e-mail address')]).toEqual([402, true]);
    const features = { invoice_history: { enabled: true } };
    const { login_page: login } = await stripe.billingPortal.configurations.create({ features, login_page: { enabled: true } });
    expect((await submit(declined, { ...fay, attempt: '1' })).location).toBe(login.url);
    expect(await refusal(limit('somewhere'))).toMatchObject({ param: 'checkout[subscribers_go_to]' });
  });
});

test('a guest pays once; a trial begins with a verified card; a card is saved', async () => {
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  const sale = await open({ mode: 'payment', line_items: [{ price: fee, quantity: 3 }] });
  expect((await submit(sale, {})).status).toBe(303);
  expect(await stripe.checkout.sessions.retrieve(sale.id)).toMatchObject({ status: 'complete', payment_status: 'paid', customer: null });
  expect(await charges(sale.id)).toEqual([1500]);

  const { id: coupon } = await stripe.coupons.create({ duration: 'once', percent_off: 20 });
  const trial = await open({
    line_items: [{ price: await priceOf(stripe), quantity: 1 }],
    subscription_data: { trial_period_days: 7 },
    discounts: [{ coupon }],
  });
  expect(trial).toMatchObject({ amount_total: 0 });
  const page = await (await fetch(trial.url ?? '')).text();
  expect(page).toContain('It renews every month for $10.00 from');
  expect(page).toContain('With your discount you pay $8.00 each time until');
  expect((await submit(trial, { renewal_consent: '' })).status).toBe(402);
  expect((await submit(trial, {})).status).toBe(303);
  const begun = await stripe.checkout.sessions.retrieve(trial.id, { expand: ['subscription'] });
  expect(begun).toMatchObject({ status: 'complete', payment_status: 'no_payment_required', subscription: { status: 'trialing' } });

  const { customer } = await customerWith(stripe, null);
  const saved = await open({ mode: 'setup', customer, currency: 'usd' });
  expect((await submit(saved, {})).status).toBe(303);
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
});

test('3-D Secure leads to the bank, and after it the session is complete', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  const asked = await submit(session, {}, '4000000000003220');
  expect(asked.status).toBe(303);
  expect(asked.location).toContain('/sandbox/3ds/');
  const bank = await fetch(`${product.url}${new URL(asked.location ?? '').pathname}`, {
    method: 'POST',
    body: new URLSearchParams({ result: 'succeeded' }),
    redirect: 'manual',
  });
  const back = bank.headers.get('location') ?? '';
  const { location } = await arrived(back, await fetch(back, { redirect: 'manual' }));
  expect(location).toBe(`https://shop.example.com/thanks?session=${session.id}`);
  expect(await charges(session.id)).toEqual([1000]);
});

test('3-D Secure that is not passed leads back to a page that says so, and another card pays', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  const { location } = await submit(session, {}, '4000000000003220');
  const bank = `${product.url}${new URL(location ?? '').pathname}`;
  const refused = await fetch(bank, { method: 'POST', body: new URLSearchParams({ result: 'failed' }), redirect: 'manual' });
  const back = refused.headers.get('location') ?? '';
  const seen = await arrived(back, await fetch(back, { redirect: 'manual' }));
  expect(seen.status).toBe(402);
  expect(seen.html).toContain('autofocus="">The payment was not approved. Nothing was charged.');
  expect(await charges(session.id)).toEqual([]);

  const other = back.replace(/payment_intent=\w+/, 'payment_intent=pi_of_another');
  expect(other).not.toBe(back);
  for (const told of [session.url ?? '', other]) expect(await (await fetch(told)).text()).not.toContain('was not approved');

  expect((await submit(session, { attempt: '1' })).status).toBe(303);
  expect(await charges(session.id)).toEqual([1000]);
  expect((await fetch(back, { redirect: 'manual' })).status).toBe(303);
});

test('the intent of a session is confirmed on its page alone', async () => {
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  const session = await open({ mode: 'payment', line_items: [{ price: fee, quantity: 1 }] });
  await submit(session, {}, DECLINED);
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id);
  const refused = { code: 'payment_intent_unexpected_state', message: expect.stringContaining('Expire the session') as string };
  expect(await refusal(stripe.paymentIntents.confirm(intent as string, { payment_method: 'pm_card_visa' }))).toMatchObject(refused);
  expect(await refusal(stripe.paymentIntents.cancel(intent as string))).toMatchObject(refused);
  await stripe.checkout.sessions.expire(session.id);
  expect(await stripe.paymentIntents.retrieve(intent as string)).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
});

test('an expired session cannot be paid, and an expiry is refused once it is over', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  await submit(session, {}, DECLINED);
  expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null });
  expect(await refusal(stripe.checkout.sessions.expire(session.id))).toMatchObject({ statusCode: 400 });
  expect((await submit(session, { attempt: '1' })).html).toContain('expired');
  expect(await seenOf(session.id)).toEqual({ subscriptions: [], invoices: [], events: [] });
  const { customer } = await stripe.checkout.sessions.retrieve(session.id);
  const [intent] = (await stripe.paymentIntents.list({ customer: customer as string })).data;
  expect(intent).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
});

test('a session is listed with its lines, and completed without its page, as the CLI does it', async () => {
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  const session = await open({
    mode: 'payment',
    line_items: [
      { price: fee, quantity: 3 },
      { price_data: { currency: 'usd', unit_amount: 250, product_data: { name: 'Pen' } }, quantity: 2, metadata: { ink: 'blue' } },
    ],
    client_reference_id: 'cart-7',
  });
  const { data } = await stripe.checkout.sessions.listLineItems(session.id);
  expect(data.map(({ amount_total: total, description, metadata }) => [description, total, metadata])).toEqual([
    ['Book', 1500, {}],
    ['Pen', 500, { ink: 'blue' }],
  ]);
  expect(await product.get(`/v1/payment_pages/${session.id}`)).toMatchObject({ id: session.id, amount_total: 2000 });
  const paid = await product.post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: 'pm_card_visa', expected_amount: 2000 });
  expect(paid).toMatchObject({ id: session.id });
  const listed = await stripe.checkout.sessions.list({ payment_intent: paid['payment_intent'] as string });
  expect(listed.data.map(({ id }) => id)).toEqual([session.id]);
  expect(await charges(session.id)).toEqual([2000]);
  const card = await stripe.paymentMethods.create({
    ...{ type: 'card', card: { token: 'tok_visa' }, billing_details: { email: 'jo@example.com', name: 'Jo' } },
  });
  const guest = await open({ mode: 'payment', line_items: [{ price: fee, quantity: 1 }] });
  await product.post(`/v1/payment_pages/${guest.id}/confirm`, { payment_method: card.id, expected_amount: guest.amount_total });
  const bought = await stripe.checkout.sessions.retrieve(guest.id);
  expect(bought).toMatchObject({ customer: null, customer_details: { email: 'jo@example.com', name: 'Jo' } });
});

test('a price in another currency and a trial that would end at once are refused, each in words of what is sold', async () => {
  const session = { mode: 'payment' as const, success_url: SUCCESS, currency: 'eur' };
  const { id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Map' } });
  expect(await refusal(stripe.checkout.sessions.create({ ...session, line_items: [{ price, quantity: 1 }] }))).toMatchObject({
    ...{ statusCode: 400, param: 'line_items[0][price]', message: 'The price is in usd and cannot be billed in eur.' },
  });
  const trial_end = Math.floor(Date.now() / 1000) + 2 * 86_400;
  const line_items = [{ price: await priceOf(stripe), quantity: 1 }];
  expect(await refusal(open({ line_items, subscription_data: { trial_end: trial_end - 60 } }))).toMatchObject({
    ...{ statusCode: 400, param: 'subscription_data[trial_end]', message: 'The `trial_end` date has to be at least 2 days in the future.' },
  });
  expect(await open({ line_items, subscription_data: { trial_end: trial_end + 60 } })).toMatchObject({ status: 'open', amount_total: 0 });
});

test('wrong sessions are refused in the words that Stripe uses', async () => {
  const [price, fee] = [
    await priceOf(stripe),
    await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } }),
  ];
  const says = async (params: Partial<Stripe.Checkout.SessionCreateParams>) => (await refusal(open(params))).message;
  const line = { price, quantity: 1 };
  expect(await refusal(stripe.checkout.sessions.create({ mode: 'subscription', line_items: [line] }))).toMatchObject({
    code: 'parameter_missing',
    param: 'success_url',
    message: 'Missing required param: success_url.',
  });
  expect(await says({ mode: 'payment', line_items: [line] })).toBe(
    'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
  );
  expect(await says({ line_items: [{ price: fee.id, quantity: 1 }] })).toBe(
    'You must provide at least one recurring price in `subscription` mode when using prices.',
  );
  expect(await says({ line_items: [line], payment_intent_data: { description: 'x' } })).toBe(
    'You can not pass `payment_intent_data` in `subscription` mode.',
  );
  expect(await refusal(open({ line_items: [line], adaptive_pricing: { enabled: true } }))).toMatchObject({
    ...{ statusCode: 400, code: 'parameter_unsupported', param: 'adaptive_pricing[enabled]' },
    message: expect.stringContaining('`currency_options`') as string,
  });
  expect((await open({ line_items: [line], adaptive_pricing: { enabled: false } })).adaptive_pricing).toEqual({ enabled: false });
  expect(await says({ line_items: [line], expires_at: Math.floor(Date.now() / 1000) + 60 })).toContain('must be at least 30 minutes from');
  expect(await says({ line_items: [line], customer: 'cus_1', customer_email: 'a@example.com' })).toBe(
    'You may only specify one of these parameters: customer, customer_email.',
  );
  expect(await refusal(open({ line_items: [{ price: 'price_none', quantity: 1 }] }))).toMatchObject({
    code: 'resource_missing',
    param: 'line_items[0][price]',
    message: "No such price: 'price_none'",
  });
  const elvish = { line_items: [line], locale: 'qya' } as unknown as Stripe.Checkout.SessionCreateParams;
  expect(await refusal(open(elvish))).toMatchObject({ statusCode: 400, param: 'locale' });
});

test('the buyer changes the quantity, redeems a code and pays what the page then shows', async () => {
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' });
  const session = await open({
    line_items: [{ price: await priceOf(stripe), quantity: 1, adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
    allow_promotion_codes: true,
  });
  const { data } = await stripe.checkout.sessions.listLineItems(session.id);
  const change = async (entries: Record<string, string>) => {
    const body = new URLSearchParams({ action: 'update', [`quantity_${data[0]?.id ?? ''}`]: '3', ...entries });
    return (await fetch(session.url ?? '', { method: 'POST', body })).text();
  };
  expect(await change({})).toContain('$30.00');
  expect(await change({ code: 'NONE' })).toContain('This code is not valid.');
  expect(await change({ code: 'half' })).toContain('$15.00');
  // A page that still shows the old total cannot charge more than that.
  const stale = await submit(session, { amount: '1000' });
  expect(stale.html).toContain('The amount has changed. Nothing was charged.');
  expect((await submit(session, { amount: '1500' })).status).toBe(303);
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    amount_total: 1500,
    total_details: { amount_discount: 1500 },
  });
  expect(await charges(session.id)).toEqual([1500]);
});

test('the page speaks the language of the buyer, and its button and terms are those of the law', async () => {
  const session = await open({
    line_items: [{ price: await priceOf(stripe), quantity: 2 }],
    billing_address_collection: 'required',
    customer_email: 'ada@example.com',
  });
  const read = async (language: string) => (await fetch(session.url ?? '', { headers: { 'Accept-Language': language } })).text();
  expect(await read('de-AT,de;q=0.9')).toContain('Kartennummer');
  const german = { country: 'DE', line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117' };
  const refused = await submit(session, { ...german, withdrawal_consent: '' });
  expect(refused.status).toBe(402);
  const page = await read('de');
  expect(page).toContain('Zahlungspflichtig abonnieren');
  expect(page).toMatch(/jeden Monat für 20,00\s\$/);
  expect(page).toContain('binnen 14 Tagen');
  expect((await submit(session, german)).status).toBe(303);
  const [row] = await product.sql<{ at: number | null }[]>`
    select withdrawal_consent_at as at from checkout_sessions where id = ${session.id}`;
  expect(row?.at).toBeGreaterThan(0);
  expect(await charges(session.id)).toEqual([2000]);
});

test("a customer's credit does not reduce a sale, and its debt does not raise one: the page shows what is charged", async () => {
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  for (const amount of [-300, 300]) {
    const { customer } = await customerWith(stripe, null);
    await stripe.customers.createBalanceTransaction(customer, { amount, currency: 'usd' });
    const sale = await open({ mode: 'payment', customer, line_items: [{ price: fee, quantity: 1 }] });
    expect(await (await fetch(sale.url ?? '')).text()).toContain('Pay $5.00');
    expect((await submit(sale, { amount: '500' })).status).toBe(303);
    expect(await charges(sale.id)).toEqual([500]);
  }
});

test('a code that can be redeemed once pays the same subscription after a decline, and counts in a sale', async () => {
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
  const redeemed = async (id: string) => (await stripe.promotionCodes.retrieve(id)).times_redeemed;
  const once = () => stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, max_redemptions: 1 });
  const [first, second] = [await once(), await once()];
  const session = await open({
    line_items: [{ price: await priceOf(stripe), quantity: 1 }],
    discounts: [{ promotion_code: first.id }],
  });
  expect((await submit(session, { amount: '500' }, DECLINED)).html).toContain('Your card was declined.');
  expect((await submit(session, { amount: '500', attempt: '1' })).status).toBe(303);
  expect(await charges(session.id)).toEqual([500]);
  expect(await redeemed(first.id)).toBe(1);

  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 800, product_data: { name: 'Book' } });
  const sell = () => open({ mode: 'payment', line_items: [{ price: fee, quantity: 1 }], discounts: [{ promotion_code: second.id }] });
  const sale = await sell();
  expect((await submit(sale, { amount: '400' })).status).toBe(303);
  expect(await charges(sale.id)).toEqual([400]);
  expect(await redeemed(second.id)).toBe(1);
  expect((await refusal(sell())).param).toBe('discounts[0][promotion_code]');
});

test('entries that are no e-mail address, no country, no date and no text are refused, and charge nothing', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }], billing_address_collection: 'required' });
  const german = { country: 'DE', line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117' };
  const wrong: Record<string, string>[] = [
    { email: 'ada' },
    { name: 'A\u0000' },
    { city: 'B\u0000' },
    { country: 'Germany' },
    { expiry: 'soon' },
  ];
  for (const [attempt, entries] of wrong.entries()) {
    const { status, html } = await submit(session, { ...german, ...entries, attempt: '0' });
    expect([attempt, status]).toEqual([attempt, 402]);
    expect(html).toContain('Nothing was charged.');
    expect(html).not.toContain('Something went wrong');
  }
  expect((await submit(session, german)).status).toBe(303);
  expect(await charges(session.id)).toEqual([1000]);
});

test('a buyer pays with the first submission that has an address', async () => {
  const session = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }], billing_address_collection: 'required' });
  const address = { country: 'US', line1: '1 Main St', city: 'Oakland', state: 'CA', postal_code: '94601' };
  expect((await submit(session, address)).status).toBe(303);
  expect(await charges(session.id)).toEqual([1000]);
});

test('the page says when the first renewal is, if the seller sets its day, and the subscription renews then', async () => {
  const [day, now] = [86_400, Math.floor(Date.now() / 1000)];
  const anchor = now - (now % day) + 10 * day;
  const of = new Date(anchor * 1000);
  const time = { day_of_month: of.getUTCDate(), month: of.getUTCMonth() + 1, hour: 0, minute: 0, second: 0 };
  const first = `from ${new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(of)}`;
  const line_items = [{ price: await priceOf(stripe), quantity: 1 }];
  const anchored = (subscription_data: Stripe.Checkout.SessionCreateParams.SubscriptionData) => open({ line_items, subscription_data });
  const looked = async ({ url }: Stripe.Checkout.Session) => (await fetch(url ?? '', { headers: { 'Accept-Language': 'en-US' } })).text();
  expect(await looked(await anchored({ billing_cycle_anchor: anchor }))).toContain(first);
  const session = await anchored({ billing_cycle_anchor_config: time, billing_mode: { type: 'classic' }, proration_behavior: 'none' });
  expect(await looked(session)).toContain(first);
  expect((await submit(session, { amount: String(session.amount_total) })).status).toBe(303);
  const { subscription } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
  expect(subscription).toMatchObject({
    ...{ billing_cycle_anchor: anchor, billing_cycle_anchor_config: time, billing_mode: { type: 'classic' } },
  });
  expect(await refusal(anchored({ billing_cycle_anchor: anchor, billing_cycle_anchor_config: time }))).toMatchObject({ statusCode: 400 });
});

test('a sale of nothing is refused', async () => {
  const { id: fee } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
  const none = open({ mode: 'payment', line_items: [{ price: fee, quantity: 0, adjustable_quantity: { enabled: true } }] });
  expect(await refusal(none)).toMatchObject({ statusCode: 400, param: 'line_items' });
});
