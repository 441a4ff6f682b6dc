import type Stripe from 'stripe';
import { priceOf } from '../../../support/builders';
import { startProduct, type Product } from '../../../support/product';

let server: Product;
let stripe: Stripe;
beforeAll(async () => {
  server = await startProduct();
  ({ stripe } = server);
});
afterAll(() => server.stop());

async function ask(method: string, path: string, body?: Record<string, string>) {
  const headers = { Authorization: `Bearer ${server.system.keys.test}` };
  const response = await fetch(`${server.url}${path}`, { method, headers, ...(body && { body: new URLSearchParams(body) }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('branding keeps what is not named, and an empty value removes a choice', async () => {
  const nothing = {
    ...{ background_color: null, border_style: null, button_color: null, display_name: null, font_family: null, icon: null, logo: null },
    ...{ object: 'branding_settings', livemode: false },
  };
  expect((await ask('GET', '/v1/branding_settings')).body).toEqual(nothing);
  await ask('POST', '/v1/branding_settings', { button_color: '#AA0044', display_name: 'Northwind', border_style: 'pill' });
  const { body } = await ask('POST', '/v1/branding_settings', { 'logo[type]': 'url', 'logo[url]': PIXEL, border_style: '' });
  expect(body).toEqual({ ...nothing, button_color: '#aa0044', display_name: 'Northwind', logo: { type: 'url', url: PIXEL } });
  expect((await ask('GET', '/v1/branding_settings')).body).toEqual(body);
});

test.each([
  ['button_color', 'red'],
  ['button_color', '#ffe600'],
  ['background_color', '#888888'],
  ['border_style', 'round'],
  ['font_family', 'comic_sans'],
  ['logo[url]', 'https://cdn.example.com/logo.png'],
  ['logo[url]', 'data:image/svg+xml;base64,PHN2Zz4='],
  ['logo[url]', `data:image/png;base64,iVBORw0KGgo${'A'.repeat(32_768)}`],
])('%s is refused as %p, and changes nothing', async (param, value) => {
  const before = (await ask('GET', '/v1/branding_settings')).body;
  const sent = { display_name: 'New', ...(param.startsWith('logo') ? { 'logo[type]': 'url' } : {}), [param]: value };
  expect(await ask('POST', '/v1/branding_settings', sent)).toMatchObject({ status: 400, body: { error: { param } } });
  expect((await ask('GET', '/v1/branding_settings')).body).toEqual(before);
});

test('a session looks like its account, except for what it changes itself, and keeps that', async () => {
  await ask('POST', '/v1/branding_settings', { button_color: '#aa0044', display_name: 'Northwind', font_family: 'lora' });
  const open = async (branding_settings?: Stripe.Checkout.SessionCreateParams.BrandingSettings) =>
    stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: await priceOf(stripe), quantity: 1 }],
      success_url: 'https://shop.example.com',
      ...(branding_settings && { branding_settings }),
    });
  const usual = await open();
  const own = await open({ button_color: '', display_name: 'Northwind Pro', icon: { type: 'url', url: PIXEL } });
  await ask('POST', '/v1/branding_settings', { button_color: '#005500' });
  expect(usual.branding_settings).toMatchObject({ button_color: '#aa0044', display_name: 'Northwind', font_family: 'lora' });
  const page = async ({ url }: Stripe.Checkout.Session) => (await fetch(url ?? '')).text();
  expect(await page(usual)).toContain('--accent:#aa0044');
  const html = await page(own);
  expect(html).toContain('--accent:#0b5cad');
  expect(html).toContain('Northwind Pro');
  expect(html).toContain(`<link rel="icon" href="${PIXEL}"/>`);
});

test.each([
  [{ button_color: '#ffffff' }, 'branding_settings[button_color]'],
  [{ background_color: '#7f7f7f' }, 'branding_settings[background_color]'],
  [{ icon: { type: 'url', url: 'https://cdn.example.com/icon.png' } }, 'branding_settings[icon][url]'],
  [{ icon: { type: 'file', file: 'file_123' } }, 'branding_settings[icon][file]'],
] as [Stripe.Checkout.SessionCreateParams.BrandingSettings, string][])(
  'a session with %o is refused as %s',
  async (branding_settings, param) => {
    const create = stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: await priceOf(stripe), quantity: 1 }],
      success_url: 'https://shop.example.com',
      branding_settings,
    });
    await expect(create).rejects.toMatchObject({ statusCode: 400, param });
  },
);
