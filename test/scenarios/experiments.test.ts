import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** Of one product: what is sold now, and what it could cost instead. */
let plan: { product: string; usual: string; higher: string };
beforeAll(async () => {
  const { id } = await stripe.products.create({ name: 'Pro' });
  const price = (amount: number) => priceOf(stripe, amount, { product: id, product_data: undefined as never });
  plan = { product: id, usual: await price(1000), higher: await price(1200) };
});

interface Answer extends Record<string, unknown> {
  id: string;
  name: string;
  assignment: string | null;
}

const call = async (path: string, parameters?: object) => (await product.post(path, { ...parameters })) as Answer;

async function experiment(change: object = {}): Promise<string> {
  const { id } = await call('/v1/experiments', {
    name: 'Ten or twelve',
    arms: [
      { name: 'control', share: 50 },
      { name: 'higher', share: 50, prices: [{ price: plan.usual, replacement: plan.higher }] },
    ],
    ...change,
  });
  return id;
}

async function running(change: object = {}): Promise<string> {
  const id = await experiment(change);
  expect(await call(`/v1/experiments/${id}/start`)).toMatchObject({ status: 'running', ended_at: null });
  return id;
}

const assigned = (id: string, who: object) => call(`/v1/experiments/${id}/assignments`, who);

/** A visitor whom the draw puts into this arm. */
async function visitorIn(id: string, arm: string): Promise<string> {
  for (let tries = 0; tries < 30; tries += 1) {
    const visitor = `visitor-${arm.replaceAll(' ', '-')}-${String(tries)}`;
    if ((await assigned(id, { visitor })).name === arm) return visitor;
  }
  throw new Error(`nobody was drawn into ${arm}`);
}

interface Results extends Record<string, unknown> {
  arms: { name: string; visitors: number; measured: number; revenue: { per_visitor: string }[] }[];
}

const resultsOf = async (id: string) => (await product.get(`/v1/experiments/${id}/results`)) as unknown as Results;
const armOf = async (id: string, name: string) => (await resultsOf(id)).arms.find((arm) => arm.name === name);

/** Follows a page as a browser with cookies does; `cookie` null is one that keeps none. */
async function browse(url: string, cookie: string | null = '', language = 'en'): Promise<{ html: string; url: string; cookie: string }> {
  let [at, kept] = [url, cookie ?? ''];
  for (let hops = 0; hops < 5; hops += 1) {
    const headers = { 'Accept-Language': language, ...(kept === '' ? {} : { Cookie: kept }) };
    const response = await fetch(at, { redirect: 'manual', headers });
    const set = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    if (cookie !== null) kept = [kept, ...set].filter((each) => each !== '').join('; ');
    const location = response.headers.get('location');
    if (location === null) return { html: (await response.text()).replace(/\s/g, ' '), url: at, cookie: kept };
    at = new URL(location, at).href;
  }
  throw new Error('too many redirects');
}

const entered = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };

async function pay(page: string, amount: string): Promise<Stripe.Checkout.Session> {
  const body = new URLSearchParams({ ...entered, amount, withdrawal_consent: 'yes', renewal_consent: 'yes' });
  await fetch(page, { method: 'POST', body, redirect: 'manual' });
  const id = page.split('/').at(-1) ?? '';
  for (let looks = 0; looks < 60; looks += 1) {
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] });
    if (session.status === 'complete') return session;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the checkout was not completed');
}

/** As if everybody had come so long ago that the window is over, and paid on the same day. */
async function daysLater(id: string, days: number): Promise<void> {
  const seconds = days * 86_400;
  await product.sql`update experiment_assignments set created = created - ${seconds} where experiment = ${id}`;
  await product.sql`update charges set created = created - ${seconds}`;
  await product.sql`update checkout_sessions set completed_at = completed_at - ${seconds}`;
}

test('a link sells each visitor the price of their arm, always the same, and the buyer keeps it everywhere', async () => {
  const id = await running();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: plan.usual, quantity: 1 }],
    experiment: id,
  } as Stripe.PaymentLinkCreateParams);
  expect(link).toMatchObject({ experiment: id });
  const higher = await visitorIn(id, 'higher');
  const url = `${product.url}${new URL(link.url).pathname}`;
  const page = await browse(`${url}?visitor=${higher}`);
  expect(page.html).toContain('$12.00');
  expect((await browse(`${url}?visitor=${await visitorIn(id, 'control')}`)).html).toContain('$10.00');
  expect((await browse(`${url}/button?visitor=${higher}`)).html).toContain('$12.00');
  const unknown = await browse(`${url}/button`);
  expect(unknown.html).toContain('$10.00');
  expect(unknown.html).toContain(`${link.url}?visitor=`);
  expect((await browse(`${url}?visitor=`)).html).toContain('$10.00');

  const session = await pay(page.url, '1200');
  expect(session.line_items?.data).toMatchObject([{ price: { id: plan.higher } }]);
  const customer = session.customer as string;
  expect(await assigned(id, { customer })).toMatchObject({ name: 'higher', prices: [{ price: plan.usual, replacement: plan.higher }] });
  // Another device: the draw does not count, because the customer is known.
  const laptop = await visitorIn(id, 'control');
  expect((await assigned(id, { visitor: laptop, customer })).name).toBe('higher');
  expect((await browse(`${url}?visitor=${laptop}`)).html).toContain('$12.00');
  expect(await armOf(id, 'control')).toMatchObject({ moved: 1 });
});

test('the pricing page knows a visitor by a cookie, and shows nobody two prices', async () => {
  const id = await running();
  const table = (await call('/v1/pricing_tables', {
    products: [{ product: plan.product, prices: [plan.usual] }],
    experiment: id,
  })) as Answer & {
    url: string;
  };
  expect(table).toMatchObject({ experiment: id });
  const seen = new Map<string, string>();
  for (let visits = 0; visits < 12; visits += 1) {
    const first = await browse(table.url);
    expect(first.url).toBe(table.url);
    const amount = /\$1[02]\.00/.exec(first.html)?.[0] ?? '';
    expect((await browse(table.url, first.cookie)).html).toContain(amount);
    seen.set(amount, first.cookie);
  }
  expect([...seen.keys()].sort()).toEqual(['$10.00', '$12.00']);
  const body = new URLSearchParams({ price: plan.higher, currency: 'usd' });
  const choose = (cookie: string) => fetch(table.url, { method: 'POST', body, redirect: 'manual', headers: { Cookie: cookie } });
  const chosen = await choose(seen.get('$12.00') ?? '');
  const session = chosen.headers.get('location')?.split('/').at(-1) ?? '';
  expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({ amount_total: 1200 });
  // The other arm's price is not for sale to this visitor.
  expect((await choose(seen.get('$10.00') ?? '')).status).not.toBe(303);
  const before = (await resultsOf(id)).arms.reduce((sum, { visitors }) => sum + visitors, 0);
  expect(before).toBe(12);
  for (const look of [() => browse(table.url, null), () => browse(`${table.url}/embed`), () => browse(`${table.url}?visitor=`)]) {
    expect((await look()).html).toContain('$10.00');
  }
  expect((await browse(`${table.url}/embed?visitor=${await visitorIn(id, 'higher')}`)).html).toMatch(/\$12\.00.*name="visitor"/);
  expect((await browse(table.url, '', 'de')).cookie).not.toBe('');
});

test('an arm can be another page', async () => {
  const products = [{ product: plan.product, prices: [plan.usual], highlighted: true }];
  const other = await call('/v1/pricing_tables', { products, trial_period_days: 14 });
  const arms = [
    { name: 'control', share: 50 },
    { name: 'with a trial', share: 50, pricing_table: other.id },
  ];
  const id = await running({ arms });
  const table = (await call('/v1/pricing_tables', {
    products: [{ product: plan.product, prices: [plan.usual] }],
    experiment: id,
  })) as Answer & {
    url: string;
  };
  const visitor = await visitorIn(id, 'with a trial');
  expect((await browse(`${table.url}?visitor=${visitor}`)).html).toMatch(/Most popular.*The first 14 days are free/);
  expect((await browse(`${table.url}?visitor=${await visitorIn(id, 'control')}`)).html).not.toContain('The first 14 days');
  const body = new URLSearchParams({ price: plan.usual, currency: 'usd', visitor });
  const chosen = await fetch(table.url, { method: 'POST', body, redirect: 'manual' });
  const session = chosen.headers.get('location')?.split('/').at(-1) ?? '';
  expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({ amount_total: 0, payment_method_collection: 'always' });
  await call(`/v1/experiments/${id}/promote`, { arm: 'with a trial' });
  expect(await product.get(`/v1/pricing_tables/${table.id}`)).toMatchObject({ trial_period_days: 14, experiment: id });
});

test('an arm can be another payment link: its lines and terms are sold at the same address, and promoted', async () => {
  const other = await stripe.paymentLinks.create({
    line_items: [{ price: plan.higher, quantity: 2 }],
    allow_promotion_codes: true,
  });
  const id = await running({
    arms: [
      { name: 'control', share: 50 },
      { name: 'pair', share: 50, payment_link: other.id },
    ],
  });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: plan.usual, quantity: 1 }],
    experiment: id,
  } as Stripe.PaymentLinkCreateParams);
  const url = `${product.url}${new URL(link.url).pathname}`;
  const pair = `visitor=${await visitorIn(id, 'pair')}`;
  const page = await browse(`${url}?${pair}`);
  expect(page.html).toContain('$24.00');
  expect(await stripe.checkout.sessions.retrieve(page.url.split('/').at(-1) ?? '')).toMatchObject({
    ...{ payment_link: link.id, amount_total: 2400, allow_promotion_codes: true },
  });
  expect((await browse(`${url}/button?${pair}`)).html).toContain('$24.00');
  expect((await browse(`${url}?visitor=${await visitorIn(id, 'control')}`)).html).toContain('$10.00');
  await stripe.paymentLinks.update(other.id, { active: false });
  expect((await browse(`${url}?${pair}`)).html).toContain('$10.00');
  await stripe.paymentLinks.update(other.id, { active: true });
  await call(`/v1/experiments/${id}/promote`, { arm: 'pair' });
  expect((await browse(url)).html).toContain('$24.00');
  expect(
    await refusal(
      experiment({
        arms: [
          { name: 'a', share: 50 },
          { name: 'b', share: 50, payment_link: 'plink_none' },
        ],
      }),
    ),
  ).toMatchObject({
    ...{ code: 'resource_missing', param: 'arms[1][payment_link]' },
  });
});

test('while the replacement is archived, its visitors get the usual price; a changed session has the price of the arm', async () => {
  const price = (amount: number) => priceOf(stripe, amount, { product: plan.product, product_data: undefined as never });
  const [usual, higher] = [await price(1100), await price(1300)];
  const id = await running({
    arms: [
      { name: 'control', share: 50 },
      { name: 'higher', share: 50, prices: [{ price: usual, replacement: higher }] },
    ],
  });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: usual, quantity: 1 }],
    experiment: id,
  } as Stripe.PaymentLinkCreateParams);
  const visitor = await visitorIn(id, 'higher');
  const url = `${product.url}${new URL(link.url).pathname}?visitor=${visitor}`;
  await stripe.prices.update(higher, { active: false });
  expect((await browse(url)).html).toContain('$11.00');
  await stripe.prices.update(higher, { active: true });
  expect((await browse(url)).html).toContain('$13.00');
  const { assignment } = await assigned(id, { visitor });
  const session = await sessionFor(assignment ?? '');
  const changed = await stripe.checkout.sessions.update(session.id, {
    line_items: [{ id: (await stripe.checkout.sessions.listLineItems(session.id)).data[0]?.id ?? '' }, { price: usual, quantity: 1 }],
  });
  expect(changed.amount_total).toBe(1000 + 1300);
});

const sessionFor = (assignment: string, change: object = {}) =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: 'https://shop.example.com',
    line_items: [{ price: plan.usual, quantity: 1 }],
    experiment_assignment: assignment,
    ...change,
  } as Stripe.Checkout.SessionCreateParams);

test('a session for an assignment sells its arm; the customer counts before the visitor, and a subscriber keeps the old price', async () => {
  const id = await running();
  const { assignment } = await assigned(id, { visitor: await visitorIn(id, 'higher') });
  expect(await sessionFor(assignment ?? '')).toMatchObject({ amount_total: 1200, experiment_assignment: assignment });
  const { customer: known } = await customerWith(stripe, 'pm_card_visa');
  await assigned(id, { visitor: await visitorIn(id, 'control'), customer: known });
  expect(await sessionFor(assignment ?? '', { customer: known })).toMatchObject({ amount_total: 1000 });
  const { customer: subscriber } = await customerWith(stripe, 'pm_card_visa');
  const subscription = await stripe.subscriptions.create({ customer: subscriber, items: [{ price: plan.usual }] });
  expect(await assigned(id, { customer: subscriber })).toMatchObject({ name: 'control', assignment: null });
  const session = await sessionFor(assignment ?? '', { customer: subscriber });
  expect([session.amount_total, 'experiment_assignment' in session]).toEqual([1000, false]);
  await call(`/v1/experiments/${id}/promote`, { arm: 'higher' });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ items: { data: [{ price: { id: plan.usual } }] } });
  // What the seller's own code still names is sold at the winner's price.
  expect(await sessionFor(assignment ?? '')).toMatchObject({ amount_total: 1200 });
  expect(await refusal(sessionFor('expas_none'))).toMatchObject({ code: 'resource_missing', param: 'experiment_assignment' });
});

test('results count conversion, revenue, refunds, churn and answers for each arm, when the window is over', async () => {
  const id = await running({ window_days: 7 });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: plan.usual, quantity: 1 }],
    experiment: id,
  } as Stripe.PaymentLinkCreateParams);
  const url = `${product.url}${new URL(link.url).pathname}`;
  const visitor = await visitorIn(id, 'higher');
  await visitorIn(id, 'control');
  const { url: page } = await browse(`${url}?visitor=${visitor}`);
  const session = await pay(page, '1200');
  const question = await browse(page, '', 'de');
  expect(question.html).toContain('War der Preis für Sie verständlich, und ist er angemessen?');
  const body = new URLSearchParams({ action: 'answer_price', price_answer: 'clear_not_fair' });
  const answered = await fetch(page, { method: 'POST', body, headers: { 'Accept-Language': 'de' } });
  expect(await answered.text()).toContain('Danke für Ihre Antwort.');
  const customer = session.customer as string;
  expect(await call(`/v1/experiments/${id}/answers`, { customer, moment: 'cancellation', answer: 'not_clear' })).toMatchObject({
    arm: 'higher',
    moment: 'cancellation',
    answer: 'not_clear',
  });
  expect(await armOf(id, 'higher')).toMatchObject({ measured: 0, converted: 0, subscribers: 1, churned: 0, revenue: [] });
  await daysLater(id, 8);
  const none = { clear_and_fair: 0, clear_not_fair: 0, not_clear: 0 };
  expect(await armOf(id, 'higher')).toMatchObject({
    measured: expect.any(Number) as number,
    converted: 1,
    revenue: [{ currency: 'usd', amount: 1200, refunded: 0 }],
    answers: { checkout: { ...none, clear_not_fair: 1 }, cancellation: { ...none, not_clear: 1 } },
  });
  const [charge] = (await stripe.charges.list({ customer })).data;
  await stripe.refunds.create({ charge: charge?.id ?? '', amount: 200 });
  await stripe.subscriptions.cancel(session.subscription as string);
  const refunded = await armOf(id, 'higher');
  expect(refunded).toMatchObject({ refunded_visitors: 1, churned: 1, revenue: [{ amount: 1000, refunded: 200 }] });
  expect(refunded?.revenue[0]?.per_visitor).toBe((1000 / (refunded?.measured ?? 0)).toFixed(2));
  expect(await armOf(id, 'control')).toMatchObject({ converted: 0, revenue: [], churned: 0 });
  // A handful of people prove nothing.
  expect(await resultsOf(id)).toMatchObject({ comparisons: [], sample_ratio: { alarm: false } });
});

test('a clear difference is conclusive, and no comparison is given while the ratio of visitors is wrong', async () => {
  const id = await running();
  const people = async (arm: string, count: number, buyers: number) => {
    await product.sql`
      insert into experiment_assignments (id, account, livemode, created, experiment, visitor, arm, drawn, counted_with)
      select ${`expas_${arm}_`} || n, ${product.account}, false, 1700000000, ${id}, ${`${arm}-`} || n, ${arm}, ${arm}, ${`expas_${arm}_`} || n
      from generate_series(1, ${count}::int) n`;
    const { id: session } = await stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url: 'https://shop.example.com',
      line_items: [{ price: plan.usual, quantity: 1 }],
    });
    await product.sql`
      insert into checkout_sessions overriding system value
      select (jsonb_populate_record(s, jsonb_build_object('id', s.id || '_' || n, 'seq', 1000000 + s.seq * 10000 + n, 'status', 'complete',
        'completed_at', 1700000001, 'experiment_assignment', ${`expas_${arm}_`} || n))).*
      from checkout_sessions s, generate_series(1, ${buyers}::int) n where s.id = ${session}`;
  };
  await people('control', 1000, 100);
  await people('higher', 1010, 250);
  expect(await resultsOf(id)).toMatchObject({
    sample_ratio: { alarm: false },
    comparisons: [{ arm: 'higher', metric: 'conversion', currency: null, difference: '0.147525', is_conclusive: true }],
  });
  await product.sql`delete from experiment_assignments where experiment = ${id} and arm = 'higher' and id > 'expas_higher_4'`;
  expect(await resultsOf(id)).toMatchObject({ sample_ratio: { alarm: true }, comparisons: [] });
});

test('promoting makes the winner the price of links and tables, stops assigning, and happens once', async () => {
  const id = await running();
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: plan.usual, quantity: 2 }],
    experiment: id,
  } as Stripe.PaymentLinkCreateParams);
  const table = await call('/v1/pricing_tables', { products: [{ product: plan.product, prices: [plan.usual] }], experiment: id });
  expect(await refusal(call(`/v1/experiments/${id}/promote`, { arm: 'lower' }))).toMatchObject({ param: 'arm' });
  expect(await call(`/v1/experiments/${id}/promote`, { arm: 'higher' })).toMatchObject({ status: 'promoted', promoted_arm: 'higher' });
  const { data } = await stripe.paymentLinks.listLineItems(link.id);
  expect(data).toMatchObject([{ price: { id: plan.higher }, quantity: 2, amount_total: 2400 }]);
  expect(await product.get(`/v1/pricing_tables/${table.id}`)).toMatchObject({ products: [{ prices: [plan.higher] }] });
  expect((await browse(`${product.url}${new URL(link.url).pathname}`)).html).toContain('$24.00');
  expect(await assigned(id, { visitor: 'late' })).toMatchObject({ name: 'higher', assignment: null });
  expect(await refusal(call(`/v1/experiments/${id}/promote`, { arm: 'higher' }))).toMatchObject({
    message: expect.stringContaining('status of `promoted`') as string,
  });
  expect(await refusal(call(`/v1/experiments/${id}/stop`))).toMatchObject({
    message: expect.stringContaining('status of `promoted`') as string,
  });
});

test('what a session or a link offers as well has the price of the arm, too; an arm with an inactive price is not promoted', async () => {
  const extra = await priceOf(stripe, 300, { product: plan.product, product_data: undefined as never });
  const dearer = await priceOf(stripe, 400, { product: plan.product, product_data: undefined as never });
  const id = await running({
    arms: [
      { name: 'control', share: 50 },
      { name: 'higher', share: 50, prices: [{ price: extra, replacement: dearer }] },
    ],
  });
  const offer = { line_items: [{ price: plan.usual, quantity: 1 }], optional_items: [{ price: extra, quantity: 1 }] };
  const higher = await visitorIn(id, 'higher');
  const { assignment } = await assigned(id, { visitor: higher });
  const session = await stripe.checkout.sessions.create({
    ...{ ...offer, mode: 'subscription', success_url: 'https://shop.example.com', experiment_assignment: assignment },
  });
  expect(session.optional_items).toMatchObject([{ price: dearer }]);
  const link = await stripe.paymentLinks.create({ ...offer, experiment: id } as Stripe.PaymentLinkCreateParams);
  const page = await browse(`${product.url}${new URL(link.url).pathname}?visitor=${higher}`);
  const opened = await stripe.checkout.sessions.retrieve(page.url.split('/').at(-1) ?? '');
  expect(opened.optional_items).toMatchObject([{ price: dearer }]);

  await stripe.prices.update(dearer, { active: false });
  expect(await refusal(call(`/v1/experiments/${id}/promote`, { arm: 'higher' }))).toMatchObject({ param: 'arm' });
  await stripe.prices.update(dearer, { active: true });
  await call(`/v1/experiments/${id}/promote`, { arm: 'higher' });
  expect((await stripe.paymentLinks.retrieve(link.id)).optional_items).toMatchObject([{ price: dearer }]);
});

test('a stopped experiment shows everybody the usual price, and its drafts can be changed', async () => {
  const id = await experiment();
  expect(await call(`/v1/experiments/${id}`, { name: 'Twelve', window_days: 30 })).toMatchObject({ name: 'Twelve', window_days: 30 });
  expect(await assigned(id, { visitor: 'early' })).toMatchObject({ name: 'control', assignment: null });
  await call(`/v1/experiments/${id}/start`);
  const visitor = await visitorIn(id, 'higher');
  expect(await call(`/v1/experiments/${id}/stop`)).toMatchObject({ status: 'stopped', ended_at: expect.any(Number) as number });
  expect((await assigned(id, { visitor })).name).toBe('control');
  expect(await product.get(`/v1/experiments/${id}`)).toMatchObject({ id, status: 'stopped' });
  const { data } = (await product.get('/v1/experiments?status=stopped')) as unknown as { data: { id: string }[] };
  expect(data.map((each) => each.id)).toContain(id);
});

test('what cannot be is refused by name, and changes nothing', async () => {
  const id = await running();
  const cases: [() => Promise<unknown>, object][] = [
    [() => experiment({ arms: [{ name: 'control', share: 100 }] }), { param: 'arms[0][share]' }],
    [
      () =>
        experiment({
          arms: [
            { name: 'a', share: 50 },
            { name: 'b', share: 20 },
          ],
        }),
      { param: 'arms' },
    ],
    [
      () =>
        experiment({
          arms: [
            { name: 'a', share: 50 },
            { name: 'b', share: 50, prices: [{ price: plan.usual, replacement: 'price_none' }] },
          ],
        }),
      { code: 'resource_missing', param: 'arms[1][prices][0][replacement]' },
    ],
    [
      () =>
        experiment({
          arms: [
            { name: 'a', share: 50 },
            { name: 'b', share: 50, pricing_table: 'ptbl_none' },
          ],
        }),
      { code: 'resource_missing', param: 'arms[1][pricing_table]' },
    ],
    [() => call(`/v1/experiments/${id}`, { window_days: 3 }), { param: 'window_days' }],
    [() => assigned(id, {}), { code: 'parameter_missing', param: 'visitor' }],
    [() => assigned(id, { visitor: 'a b' }), { param: 'visitor' }],
    [() => assigned(id, { customer: 'cus_none' }), { code: 'resource_missing', param: 'customer' }],
    [() => assigned('exp_none', { visitor: 'a' }), { code: 'resource_missing' }],
    [() => call(`/v1/experiments/${id}/answers`, { visitor: 'nobody', moment: 'checkout', answer: 'not_clear' }), { param: 'visitor' }],
    [() => call(`/v1/experiments/${id}/answers`, { visitor: 'nobody', moment: 'checkout', answer: 'cheap' }), { param: 'answer' }],
    [
      () => call('/v1/pricing_tables', { products: [{ product: plan.product, prices: [plan.usual] }], experiment: 'exp_none' }),
      { param: 'experiment' },
    ],
  ];
  for (const [refused, expected] of cases) expect(await refusal(refused())).toMatchObject(expected);
});
