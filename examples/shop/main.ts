import { randomBytes } from 'node:crypto';
import Stripe from 'stripe';
import { catalogOf, shopApp } from './shop';

const PORT = 3000;

async function main([dunlin = 'http://127.0.0.1:4010', key]: string[]): Promise<void> {
  if (key === undefined) throw new Error('Usage: npx tsx examples/shop/main.ts http://127.0.0.1:4010 sk_test_…');
  const { hostname, port, protocol } = new URL(dunlin);
  const stripe = new Stripe(key, { host: hostname, port, protocol: protocol === 'https:' ? 'https' : 'http' });
  const url = `http://127.0.0.1:${String(PORT)}`;
  const shop = shopApp({ stripe, url, secret: randomBytes(32).toString('hex') }, await catalogOf(stripe));
  shop.listen(PORT, '127.0.0.1', () => process.stdout.write(`The shop is at ${url}\n`));
}

void main(process.argv.slice(2));
