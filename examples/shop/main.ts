import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { catalogOf, shopApp } from './shop';

const PORT = 3000;
/** What `npm start` writes: its address and a test key. */
const DEV = join(__dirname, '..', '..', '.dunlin', 'dev.json');

async function main(given: string[]): Promise<void> {
  const [dunlin, key] = given.length === 2 ? given : started();
  const { hostname, port, protocol } = new URL(dunlin ?? '');
  const stripe = new Stripe(key ?? '', { host: hostname, port, protocol: protocol === 'https:' ? 'https' : 'http' });
  const url = `http://127.0.0.1:${String(PORT)}`;
  const shop = shopApp({ stripe, url, secret: randomBytes(32).toString('hex') }, await catalogOf(stripe));
  shop.listen(PORT, '127.0.0.1', () => process.stdout.write(`The shop is at ${url}\n`));
}

function started(): [string, string] {
  if (!existsSync(DEV))
    throw new Error('Start Dunlin first: npm start. Or name another: npm run shop -- https://billing.example.com sk_test_…');
  const { url, apiKey } = JSON.parse(readFileSync(DEV, 'utf8')) as { url: string; apiKey: string };
  return [url, apiKey];
}

void main(process.argv.slice(2));
