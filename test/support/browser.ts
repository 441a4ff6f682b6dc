import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { later } from './product';

/** Debian's, and the one that GitHub's machines have. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** One browser for the tests of a file: started before the first, closed after the last. */
export function useBrowser(): Browser {
  let started: Browser | undefined;
  beforeAll(async () => {
    started = await startBrowser();
  }, 60_000);
  afterAll(() => started?.close());
  return later(() => {
    if (started === undefined) throw new Error('the browser runs only inside of tests');
    return started;
  });
}

/** @throws Error if no browser is installed */
async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('There is no browser: apt-get install -y chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** By how many pixels a page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
