/**
 * `npm run screenshots`: shows every page with examples, in a phone's and a desktop's width, light and dark, and saves the images of the checkout
 * in docs/images. With a folder as argument, it saves all of them there. It needs Chromium: `apt-get install -y chromium`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { renderPage } from '../web/render';
import { PAGES } from './page-examples';

const BROWSER = '/usr/bin/chromium';
/** Those that the docs show. */
const SHOWN = ['checkout', 'checkout-goods', 'checkout-long', 'checkout-trial', 'checkout-complete', 'pricing', 'portal', 'portal-change'];
const WIDTHS = [375, 1280];

async function main([folder]: string[]): Promise<void> {
  const images = folder ?? join(__dirname, '..', 'docs', 'images');
  mkdirSync(images, { recursive: true });
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  for (const [name, page] of Object.entries(PAGES)) {
    if (folder !== undefined || SHOWN.includes(name)) await picture(browser, join(images, name), renderPage(page()));
  }
  await browser.close();
}

async function picture(browser: Browser, name: string, html: string): Promise<void> {
  for (const width of WIDTHS) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await page.setContent(html);
      const path = `${name}-${String(width)}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
      const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      process.stdout.write(`${path}${overflow === 0 ? '' : `: ${String(overflow)} pixels too wide`}\n`);
      await page.close();
    }
  }
}

void main(process.argv.slice(2));
