import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { overflowOf, useBrowser } from '../support/browser';
import { startServer, type TestServer } from '../server/server';

const browser = useBrowser();
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.stop());

const PAGES = [
  ...['index.html', 'tax.html', 'changelog.html', 'search.html?q=proration'],
  ...['reference/index.html', 'reference/postV1Subscriptions.html', 'reference/object-invoice.html', 'reference/errors.html'],
];
const looks = ([375, 1280] as const).flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })));

async function open(address: string, look: { width: number; colorScheme: 'light' | 'dark' }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: look.width, height: 800 }, colorScheme: look.colorScheme });
  const page = await context.newPage();
  await page.goto(`${server.url}/docs/${address}`);
  return page;
}

test.each(PAGES.flatMap((address) => looks.map((look) => ({ address, ...look }))))(
  '$address, $width pixels wide, $colorScheme: nothing is cut off, and nothing stops a screen reader',
  async ({ address, ...look }) => {
    const page = await open(address, look);
    expect(await overflowOf(page)).toBe(0);
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.context().close();
  },
);

test('the search works by keyboard: / leads to it, words find a page, arrows choose, Enter opens', async () => {
  const page = await open('index.html', { width: 1280, colorScheme: 'light' });
  await page.keyboard.press('/');
  await page.keyboard.type('reverse charge');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-results] a');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.evaluate('document.activeElement.getAttribute("href")');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/docs/${String(chosen)}`);
  expect((await page.textContent('main'))?.toLowerCase()).toContain('reverse charge');
  await page.context().close();
});

test.each(['reference/resource-webhook-endpoints.html', 'contributing.html'])(
  '%s opens at its top, and its place in the list of pages is seen',
  async (address) => {
    const page = await open(address, { width: 1280, colorScheme: 'light' });
    await page.waitForFunction('document.querySelector("nav.places").scrollTop > 0');
    expect(await page.evaluate('window.scrollY')).toBe(0);
    const box = await page.locator('nav [aria-current]').boundingBox();
    expect(box?.y).toBeLessThan(800);
    await page.context().close();
  },
);

test('the chosen language of examples stays chosen on the next page', async () => {
  const page = await open('reference/postV1Customers.html', { width: 1280, colorScheme: 'light' });
  await page.check('[value=python]');
  await page.goto(`${server.url}/docs/reference/postV1Prices.html`);
  expect(await page.isChecked('[value=python]')).toBe(true);
  expect(await page.isVisible('.block[data-language=python]')).toBe(true);
  expect(await page.isVisible('.block[data-language=curl]')).toBe(false);
  await page.context().close();
});
