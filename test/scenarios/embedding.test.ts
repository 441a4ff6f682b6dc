import type Stripe from 'stripe';
import { priceOf } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

const SHOP = 'https://shop.example.com';
const RETURN = `${SHOP}/thanks?session={CHECKOUT_SESSION_ID}`;

async function open(params: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const price = await priceOf(stripe);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    ui_mode: 'embedded_page',
    line_items: [{ price, quantity: 1 }],
    return_url: RETURN,
    ...params,
  });
  return { session, frame: frameOf(session) };
}

function frameOf({ client_secret: secret, ui_mode: ui }: Stripe.Checkout.Session): string {
  return `${product.url}/c/${ui === 'elements' ? 'elements' : 'embed'}/${secret ?? ''}`;
}

const CARD = { email: 'ada@example.com', name: 'Ada', expiry: '12/34', cvc: '123', attempt: '0', amount: '1000' };
const CONSENTS = { withdrawal_consent: 'yes', renewal_consent: 'yes' };

async function pay(frame: string, number = '4242424242424242') {
  const body = new URLSearchParams({ ...CARD, ...CONSENTS, number });
  const answer = await fetch(frame, { method: 'POST', body, redirect: 'manual' });
  return { location: answer.headers.get('location') ?? '', html: await answer.text() };
}

async function completed(frame: string): Promise<string> {
  for (let looks = 0; looks < 40; looks += 1) {
    const html = await (await fetch(frame)).text();
    if (html.includes('data-complete')) return html;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The session did not complete.');
}

const ancestorsOf = (answer: Response) => /frame-ancestors ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];

test('a session in a frame is paid there once, and tells its site where the buyer goes', async () => {
  const { session, frame } = await open();
  expect(session).toMatchObject({ url: null, redirect_on_completion: 'always', return_url: RETURN });
  await pay(frame);
  expect(await completed(frame)).toContain(`data-return-url="${SHOP}/thanks?session=${session.id}"`);
  const { status, payment_status } = await stripe.checkout.sessions.retrieve(session.id);
  expect([status, payment_status]).toEqual(['complete', 'paid']);
});

test('with redirect_on_completion never, the site is told, and the buyer stays', async () => {
  const { frame } = await open({ redirect_on_completion: 'never', return_url: undefined as unknown as string });
  await pay(frame);
  expect(await completed(frame)).not.toContain('data-return-url');
});

test('only the sites that the seller has named may show a checkout, and nobody a hosted one', async () => {
  await product.post('/v1/account_settings', { embedding: { allowed_origins: ['https://partner.example.com'] } });
  const { frame } = await open();
  const answer = await fetch(frame);
  expect(ancestorsOf(answer)).toBe(`https://partner.example.com ${SHOP} http://localhost:* http://127.0.0.1:*`);
  expect(answer.headers.get('x-frame-options')).toBeNull();
  const hosted = await open({ ui_mode: 'hosted_page', success_url: SHOP, return_url: undefined as unknown as string });
  const page = await fetch(hosted.session.url ?? '');
  expect([ancestorsOf(page), page.headers.get('x-frame-options')]).toEqual(["'none'", 'SAMEORIGIN']);
  await product.post('/v1/account_settings', { embedding: { allowed_origins: '' } });
  expect(ancestorsOf(await fetch(frame))).not.toContain('partner');
});

test('an address with an odd host adds nothing to the policy', async () => {
  const { frame } = await open({ return_url: "https://shop;script-src,'self'.example.com/" });
  expect(ancestorsOf(await fetch(frame))).toBe('http://localhost:* http://127.0.0.1:*');
});

test.each(['shop.example.com', 'https://shop.example.com/', 'https://*', "https://a.example.com 'unsafe-inline'"])(
  'the origin %p is refused',
  async (origin) => {
    const change = product.post('/v1/account_settings', { embedding: { allowed_origins: [origin] } });
    await expect(change).rejects.toMatchObject({ statusCode: 400, param: 'embedding[allowed_origins][0]' });
  },
);

test('who knows the id alone, or another secret, sees nothing', async () => {
  const { session, frame } = await open();
  const status = async (url: string) => (await fetch(url)).status;
  expect(await status(`${product.url}/c/embed/${session.id}`)).toBe(404);
  expect(await status(`${product.url}/c/pay/${session.id}`)).toBe(404);
  expect(await status(`${frame}x`)).toBe(404);
  expect(await status(frame.replace('/embed/', '/elements/'))).toBe(404);
  expect(await status(frame)).toBe(200);
});

test("the bank's page is shown in the same frame, and leads back to it", async () => {
  const { session, frame } = await open();
  const { location } = await pay(frame, '4000002760003184');
  const address = `${product.url}${new URL(location).pathname}`;
  const bank = await fetch(address);
  expect(ancestorsOf(bank)).toContain(SHOP);
  const body = new URLSearchParams({ result: 'succeeded' });
  const back = await fetch(address, { method: 'POST', body, redirect: 'manual' });
  expect(back.headers.get('location')).toContain(frame);
  await completed(frame);
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
});

test('with ui_mode elements the frame has the payment form alone, and tells the site what is sold', async () => {
  const { frame } = await open({ ui_mode: 'elements' });
  const html = await (await fetch(frame)).text();
  expect(html).toContain('name="number"');
  expect(html).not.toContain('class="lines"');
  const [, data = ''] = /data-session="([^"]*)"/.exec(html) ?? [];
  expect(JSON.parse(data.replaceAll('&quot;', '"'))).toMatchObject({
    amount_total: 1000,
    line_items: [{ description: 'Pro', quantity: 1 }],
  });
});

test('a button shows what a payment link sells, on any site, and leads there', async () => {
  const link = await stripe.paymentLinks.create({ line_items: [{ price: await priceOf(stripe), quantity: 2 }] });
  const answer = await fetch(`${link.url}/button`, { headers: { 'Accept-Language': 'de' } });
  expect(ancestorsOf(answer)).toBe('*');
  const html = await answer.text();
  for (const text of ['20,00', 'jeden Monat', `href="${link.url}" target="_top"`, 'Pro wählen']) expect(html).toContain(text);
  await stripe.paymentLinks.update(link.id, { active: false });
  expect((await fetch(`${link.url}/button`)).status).toBe(410);
  expect((await fetch(`${product.url}/b/plink_none/button`)).status).toBe(404);
});

test('the script for other sites is small, and any site may load it', async () => {
  const script = await fetch(`${product.url}/embed.js`);
  const text = await script.text();
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(Buffer.byteLength(text)).toBeLessThan(4_600);
  expect(text).not.toMatch(/https?:\/\//);
  expect(Buffer.byteLength(await (await fetch(`${product.url}/framed.js`)).text())).toBeLessThan(1_500);
});

test('a button and a table of a site that knows its customer open the customer’s own checkout, for half an hour', async () => {
  const price = await priceOf(stripe);
  const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com' });
  const components = { buy_button: { enabled: true }, pricing_table: { enabled: true } };
  const { client_secret: secret } = await stripe.customerSessions.create({ customer, components });
  const link = await stripe.paymentLinks.create({ line_items: [{ price, quantity: 1 }] });
  const address = (query: Record<string, string>, path = '') =>
    `${product.url}${new URL(link.url).pathname}${path}?${new URLSearchParams(query).toString()}`;
  expect(await (await fetch(address({ customer_session: secret }, '/button'))).text()).toContain(`customer_session=${secret}`);
  const opened = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, { redirect: 'manual', ...init });
    return stripe.checkout.sessions.retrieve(answer.headers.get('location')?.split('/').at(-1) ?? '');
  };
  expect((await opened(address({ customer_session: secret }))).customer).toBe(customer);
  expect((await opened(address({ customer_session: `${secret}x` }))).customer).toBeNull();
  const { product: sold } = await stripe.prices.retrieve(price);
  const table = (await product.post('/v1/pricing_tables', { products: [{ product: sold, prices: [price] }] })) as { url: string };
  expect(await (await fetch(`${table.url}/embed?customer_session=${secret}`)).text()).toContain(
    `name="customer_session" value="${secret}"`,
  );
  const body = new URLSearchParams({ price, currency: 'usd', customer_session: secret });
  expect((await opened(table.url, { method: 'POST', body })).customer).toBe(customer);
  await product.sql`update customer_sessions set expires_at = expires_at - 1800 where customer = ${customer}`;
  expect((await opened(address({ customer_session: secret, visit: 'later' }))).customer).toBeNull();
});
