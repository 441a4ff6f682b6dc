import { gzipSync } from 'node:zlib';
import { CONSOLE_PAGES } from '../../scripts/console-examples';
import { PAGES } from '../../scripts/page-examples';
import { renderPage } from '../../web/render';
import { LANGUAGES, type Language } from '../../web/words/languages';

/** A page with its style, as it is sent, and packed. The whole of it is one request, and one more in a frame. */
const MOST: Record<string, { bytes: number; packed: number }> = {
  button: { bytes: 10_000, packed: 3_500 },
  closed: { bytes: 10_000, packed: 3_500 },
  invoice: { bytes: 16_000, packed: 5_500 },
  pricing: { bytes: 26_000, packed: 7_500 },
};
/** Most of it are the names of the countries, twice where goods are sent. */
const CHECKOUT = { bytes: 40_000, packed: 11_000 };

const cases = Object.keys(PAGES).flatMap((page) => (Object.keys(LANGUAGES) as Language[]).map((language) => ({ page, language })));

test.each(cases)('the page $page in $language is small, whole, and asks nothing of another host', ({ page, language }) => {
  const html = renderPage(PAGES[page]?.({ language, tag: language }));
  const { bytes, packed } = MOST[page] ?? CHECKOUT;
  expect(html).toContain(`<html lang="${language}"`);
  expect(html).not.toMatch(/\$\{|undefined|NaN/);
  expect(Buffer.byteLength(html)).toBeLessThan(bytes);
  expect(gzipSync(html).length).toBeLessThan(packed);
  const loaded = [...html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"|url\(|@import/g)].map(([, address]) => address);
  expect(loaded).toEqual(html.includes('data-ancestors') ? ['/framed.js'] : []);
});

test.each(Object.keys(CONSOLE_PAGES))('the page %s is small, and loads only the script of the console', (page) => {
  const html = renderPage(CONSOLE_PAGES[page]?.());
  expect(html).not.toMatch(/\$\{|undefined|NaN/);
  expect(Buffer.byteLength(html)).toBeLessThan(24_000);
  const loaded = [...html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"|url\(|@import/g)].map(([, address]) => address);
  expect(loaded).toEqual(['data:,', '/console.js']);
});
