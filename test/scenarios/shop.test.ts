import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { catalogOf, shopApp } from '../../examples/shop/shop';
import { startProduct, type Product } from '../support/product';

let product: Product;
let shop: Server;
let url: string;
beforeAll(async () => {
  product = await startProduct();
  const front = express();
  shop = await new Promise((resolve) => {
    const server = front.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
  url = `http://127.0.0.1:${String((shop.address() as AddressInfo).port)}`;
  front.use(shopApp({ stripe: product.stripe, url, secret: 'secret' }, await catalogOf(product.stripe)));
}, 120_000);
afterAll(async () => {
  await new Promise((resolve) => shop.close(resolve));
  await product.stop();
});

const ask = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...init });

test('the sample shop sells a plan with usage through the checkout, and lets only subscribers in', async () => {
  expect((await ask('/reports')).status).toBe(402);
  const page = (await ask('/subscribe', { method: 'POST' })).headers.get('location') ?? '';
  const [id = ''] = /cs_test_\w+/.exec(page) ?? [];
  expect((await ask(`/welcome?session=${id}`)).status).toBe(402);

  const entries = { email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123' };
  const body = new URLSearchParams({ ...entries, attempt: '0', amount: '1000', withdrawal_consent: 'yes', renewal_consent: 'yes' });
  let back = (await fetch(page, { method: 'POST', body, redirect: 'manual' })).headers.get('location');
  for (let looks = 0; back === null && looks < 40; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    back = (await fetch(page, { redirect: 'manual' })).headers.get('location');
  }
  expect(back).toBe(`${url}/welcome?session=${id}`);
  const welcome = await ask(`/welcome?session=${id}`);
  const [cookie = ''] = (welcome.headers.get('set-cookie') ?? '').split(';');
  const headers = { Cookie: cookie };
  expect((await ask('/reports', { headers })).status).toBe(200);
  expect((await ask('/reports', { headers: { Cookie: `${cookie}x` } })).status).toBe(402);

  for (let report = 0; report < 3; report += 1) await ask('/reports', { method: 'POST', headers });
  const session = await product.stripe.checkout.sessions.retrieve(id);
  const [customer, subscription] = [session.customer as string, session.subscription as string];
  const { subscriptions } = await product.get(`/v1/customers/${customer}/usage`);
  expect(subscriptions).toMatchObject([{ usage_amount: 150 }]);

  await product.stripe.subscriptions.cancel(subscription);
  expect((await ask('/reports', { method: 'POST', headers })).status).toBe(402);
});

test('the shop, started again, sells the same prices', async () => {
  expect(await catalogOf(product.stripe)).toEqual(await catalogOf(product.stripe));
});
