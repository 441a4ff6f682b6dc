import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { priceOf } from '../support/builders';
import { useBrowser } from '../support/browser';
import { useProduct } from '../support/product';

const browser = useBrowser();
const product = useProduct();
const { stripe } = product;
let shop: Server;
/** The shop's page: two pricing tables, of which one names the visitor. */
let body = '';
beforeAll(async () => {
  shop = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end(body));
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

async function begun(): Promise<{ experiment: string; table: string; url: string }> {
  const { id } = await stripe.products.create({ name: 'Pro' });
  const price = (amount: number) => priceOf(stripe, amount, { product: id, product_data: undefined as never });
  const [usual, higher] = [await price(1000), await price(1200)];
  const arms = [
    { name: 'control', share: 50 },
    { name: 'higher', share: 50, prices: [{ price: usual, replacement: higher }] },
  ];
  const experiment = String((await product.post('/v1/experiments', { name: 'Ten or twelve', arms }))['id']);
  await product.post(`/v1/experiments/${experiment}/start`);
  const table = await product.post('/v1/pricing_tables', { products: [{ product: id, prices: [usual] }], experiment });
  return { experiment, table: String(table['id']), url: String(table['url']) };
}

test('a browser shows the same price on every visit, buys at it, and answers whether it was fair', async () => {
  const { experiment, url } = await begun();
  const amounts = new Set<string>();
  for (let visitor = 0; visitor < 12 || amounts.size < 2; visitor += 1) {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(url);
    const amount = await page.locator('.total').innerText();
    await page.reload();
    expect([page.url(), await page.locator('.total').innerText()]).toEqual([url, amount]);
    amounts.add(amount);
    if (visitor === 0) {
      await page.locator('button.primary').click();
      await page.waitForURL(/\/c\/pay\//);
      expect(await page.locator('.total').first().innerText()).toBe(amount);
      await page.getByLabel('Email').fill('ada@example.com');
      await page.getByLabel('Card number').fill('4242 4242 4242 4242');
      await page.getByLabel('Expiry date').fill('12/34');
      await page.getByLabel('Security code').fill('123');
      await page.getByLabel('Name on card').fill('Ada');
      for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
      await page.locator('button.primary').click();
      await page.getByText('Clear and fair').click();
      await page.getByText('Thank you for your answer.').waitFor();
    }
    await context.close();
  }
  expect([...amounts].sort()).toEqual(['$10.00', '$12.00']);
  const { arms } = (await product.get(`/v1/experiments/${experiment}/results`)) as {
    arms: { answers: object; subscribers: number }[];
  } & object;
  expect(arms.map(({ subscribers }) => subscribers).sort()).toEqual([0, 1]);
  expect(JSON.stringify(arms)).toContain('"clear_and_fair":1');
});

test('a frame on another site shows the price of the visitor whom the site names, and otherwise the usual one', async () => {
  const { experiment, table } = await begun();
  let visitor = '';
  for (let tries = 0; visitor === ''; tries += 1) {
    const { name } = await product.post(`/v1/experiments/${experiment}/assignments`, { visitor: `reader-${String(tries)}` });
    if (name === 'higher') visitor = `reader-${String(tries)}`;
  }
  const element = (attribute: string) => `<dunlin-pricing-table pricing-table="${table}"${attribute}></dunlin-pricing-table>`;
  body = `<!doctype html><html lang="en"><title>Shop</title><script src="${product.url}/embed.js"></script>${element(` visitor="${visitor}"`)}${element('')}`;
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await page.goto(`http://127.0.0.1:${String((shop.address() as AddressInfo).port)}`);
  const shown = [0, 1].map((index) => page.locator('iframe').nth(index).contentFrame().locator('.total').innerText());
  expect(await Promise.all(shown)).toEqual(['$12.00', '$10.00']);
  await page.locator('iframe').first().contentFrame().locator('button.primary').click();
  await page.waitForURL(/\/c\/pay\//);
  expect(await page.locator('.total').first().innerText()).toBe('$12.00');
});
