import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment } from '../../config';
import { EVENTS_OF_INTEREST } from '../../gateways/stripe/webhooks';
import { pathOf } from '../architecture/repository';
import { startProduct, type Product } from '../support/product';
import { startStripeApi, type StripeApi } from '../support/stripe-api/server';

const execute = promisify(execFile);

let api: StripeApi;
let product: Product;

beforeAll(async () => {
  api = await startStripeApi();
  product = await startProduct({ stripe: { test: 'sk_test_fake', url: api.url, webhookSecrets: { live: [], test: ['whsec_right'] } } });
}, 120_000);
afterAll(async () => {
  await product.stop();
  await api.stop();
});

async function check(args: string[], change: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const settings = {
    STRIPE_TEST_KEY: 'sk_test_fake',
    STRIPE_TEST_WEBHOOK_SECRETS: 'whsec_right',
    STRIPE_URL: api.url,
    PUBLIC_URL: product.url,
  };
  const env = childEnvironment({ NODE_OPTIONS: '', ...settings, ...change });
  const run = execute(process.execPath, [pathOf('cli/dunlin.cjs'), 'live-check', ...args], { env, timeout: 60_000 });
  return run.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: unknown) => ({ code: (error as { code: number }).code, said: (error as { stdout: string }).stdout }),
  );
}

test('an installation that is complete passes: keys, webhook, and a first charge with its refund', async () => {
  const of = { url: `${product.url}/gateways/stripe/webhook`, status: 'enabled', enabled_events: EVENTS_OF_INTEREST };
  const { id: endpoint } = api.state.put('webhook_endpoint', of);
  const { code, said } = await check(['--charge', api.state.storeCard('visa'), '--key', product.system.keys.test, '--currency', 'eur']);
  expect(said).not.toMatch(/FAIL/);
  expect(code).toBe(0);
  expect(said).toMatch(/A charge of 0\.50 eur \(pi_\w+\): succeeded/);
  expect(api.paid()).toEqual([50]);
  expect(api.state.all('refund')).toMatchObject([{ amount: 50, status: 'succeeded' }]);
  api.state.things.delete(endpoint);
});

test('what is missing is named, and nothing is charged', async () => {
  const of = { url: `${product.url}/gateways/stripe/webhook`, status: 'enabled', enabled_events: ['payment_intent.succeeded'] };
  api.state.put('webhook_endpoint', of);
  const before = api.paid().length;
  const { code, said } = await check(['--charge', api.state.storeCard('insufficientFunds'), '--key', product.system.keys.test], {
    STRIPE_TEST_WEBHOOK_SECRETS: 'whsec_wrong',
  });
  expect(code).toBe(1);
  expect(said).toMatch(/FAIL {2}It does not get .*refund\.failed/);
  expect(said).toMatch(/FAIL {2}.*answers HTTP 400 to the secret that ends with rong/);
  expect(said).toMatch(/FAIL {2}A charge of 0\.50 eur: Your card was declined/);
  expect(api.paid()).toHaveLength(before);
});

test('a wrong key, and one of the other mode, are told apart, and not shown', async () => {
  const wrong = await check([], { STRIPE_TEST_KEY: 'sk_test_wrong_4321' });
  expect(wrong.code).toBe(1);
  expect(wrong.said).toMatch(/FAIL {2}The key may not read payment intents: the key is wrong/);
  expect(wrong.said).not.toMatch(/4321/);
  const none = await check(['--live']);
  expect(none).toMatchObject({ code: 1, said: expect.stringContaining('STRIPE_LIVE_KEY is not set') as string });
});
