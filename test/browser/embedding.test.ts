import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { priceOf } from '../support/builders';
import { useBrowser } from '../support/browser';
import { useProduct } from '../support/product';

const browser = useBrowser();
const product = useProduct({});
let shop: Server;
let shopUrl: string;
/** The shop's own script, which a test sets. */
let script = '';
beforeAll(async () => {
  shop = createServer((request, response) => {
    if (request.url === '/shop.js') {
      response.setHeader('Content-Type', 'text/javascript').end(script);
      return;
    }
    // A shop that allows nothing but its own script and Dunlin's.
    response
      .setHeader('Content-Security-Policy', `default-src 'none'; script-src 'self' ${product.url}; frame-src ${product.url}`)
      .setHeader('Content-Type', 'text/html')
      .end(
        `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1><div id="checkout"></div><p id="state"></p></main>
<script src="${product.url}/embed.js"></script><script src="/shop.js"></script></html>`,
      );
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  shopUrl = `http://127.0.0.1:${String((shop.address() as AddressInfo).port)}`;
}, 120_000);
afterAll(async () => {
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

async function open(params: object) {
  const price = await priceOf(product.stripe);
  return product.stripe.checkout.sessions.create({
    mode: 'subscription',
    ui_mode: 'embedded_page',
    line_items: [{ price, quantity: 1 }],
    ...params,
  });
}

async function visit(own: string): Promise<{ page: Page; refused: string[] }> {
  script = own;
  const page = await (await browser.newContext()).newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await page.goto(shopUrl);
  return { page, refused };
}

async function payIn(page: Page, number: string): Promise<void> {
  const frame = page.frameLocator('#checkout iframe');
  await frame.getByLabel('Email').fill('ada@example.com');
  await frame.getByLabel('Card number').fill(number);
  await frame.getByLabel('Expiry date').fill('12/34');
  await frame.getByLabel('Security code').fill('123');
  await frame.getByLabel('Name on card').fill('Ada');
  for (const box of await frame.locator('input[type=checkbox]').all()) await box.check();
  await frame.locator('button.primary').click();
}

test('on a site with a strict policy the buyer pays in the frame, and goes where the session says', async () => {
  const session = await open({ return_url: `${shopUrl}/thanks?session={CHECKOUT_SESSION_ID}` });
  const { page, refused } = await visit(
    `Dunlin.initEmbeddedCheckout({ clientSecret: ${JSON.stringify(session.client_secret)} }).then((checkout) => checkout.mount('#checkout'));`,
  );
  await page.frameLocator('#checkout iframe').getByLabel('Email').waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  // The frame is as high as its page, so it has no scroll bar of its own.
  const inside = page.frames()[1];
  const height = await inside?.evaluate<number>('document.body.scrollHeight');
  await page.waitForFunction(`document.querySelector('iframe').clientHeight === ${String(height)}`);
  await payIn(page, '4242424242424242');
  await page.waitForURL(`${shopUrl}/thanks?session=${session.id}`);
  expect(refused).toEqual([]);
});

test('a site without a redirect is told that the session is complete', async () => {
  const session = await open({ redirect_on_completion: 'never' });
  const { page } = await visit(
    `Dunlin.initEmbeddedCheckout({
      fetchClientSecret: () => Promise.resolve(${JSON.stringify(session.client_secret)}),
      onComplete: () => { document.getElementById('state').textContent = 'paid'; },
    }).then((checkout) => checkout.mount('#checkout'));`,
  );
  await payIn(page, '4242424242424242');
  await page.locator('#state', { hasText: 'paid' }).waitFor();
  expect(page.url()).toBe(`${shopUrl}/`);
});
