import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { priceOf } from '../support/builders';
import { useBrowser } from '../support/browser';
import { useProduct } from '../support/product';

/** The whole page with its style, as the browser receives it. */
const MOST_BYTES = 40_000;

const browser = useBrowser();
const product = useProduct({});

async function open() {
  const price = await priceOf(product.stripe);
  return product.stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price, quantity: 2, adjustable_quantity: { enabled: true } }],
    allow_promotion_codes: true,
    success_url: `${product.url}/healthz?session={CHECKOUT_SESSION_ID}`,
  });
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Card number').fill('4242 4242 4242 4242');
  await page.getByLabel('Expiry date').fill('12/34');
  await page.getByLabel('Security code').fill('123');
  await page.getByLabel('Name on card').fill('Ada');
  for (const box of await page.locator('input[type=checkbox]').all()) await box.check();
}

test('a double click, the back button and a second tab: one charge, and every way leads to the shop', async () => {
  const session = await open();
  const context = await browser.newContext();
  const [page, second] = [await context.newPage(), await context.newPage()];
  for (const each of [page, second]) {
    await each.goto(session.url ?? '');
    await fillIn(each);
  }
  const arrival = `${product.url}/healthz?session=${session.id}`;
  await page.locator('button.primary').dblclick();
  await page.waitForURL(arrival);
  await page.goBack();
  await page.waitForURL(arrival);
  await second.locator('button.primary').click();
  await second.waitForURL(arrival);
  const { status, customer } = await product.stripe.checkout.sessions.retrieve(session.id);
  const { data } = await product.stripe.charges.list({ customer: customer as string });
  expect([status, data.map(({ amount }) => amount)]).toEqual(['complete', [2000]]);
  await context.close();
});

test('the page asks nothing of another host, is small, and has nothing that a screen reader stumbles over', async () => {
  const session = await open();
  const page = await (await browser.newContext()).newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  const response = await page.goto(session.url ?? '');
  expect(new Set(asked)).toEqual(new Set([product.url]));
  expect((await response?.body())?.length).toBeLessThan(MOST_BYTES);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
