import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Debian's, and the one that GitHub's machines have. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** @throws Error if no browser is installed */
export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('There is no browser: apt-get install -y chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
