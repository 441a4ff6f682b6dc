/** better-auth's Stripe plugin: somebody signs up, buys a plan on the checkout page, and cancels it on the portal. */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripe as stripePlugin } from '@better-auth/stripe';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import Stripe from 'stripe';

const { DUNLIN_URL, DUNLIN_KEY } = process.env;
const { hostname: host, port } = new URL(DUNLIN_URL);
const stripe = new Stripe(DUNLIN_KEY, { host, port, protocol: 'http' });
const check = (what, isRight, told = '') => console.log(`${isRight ? 'ok' : 'FAILED'} ${what}${isRight ? '' : `: ${told}`}`);

let auth;
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = await auth.handler(
    new Request(`${base}${request.url}`, {
      method: request.method,
      headers: request.headers,
      body: request.method === 'POST' ? Buffer.concat(chunks) : undefined,
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const endpoint = await stripe.webhookEndpoints.create({
  url: `${base}/api/auth/stripe/webhook`,
  enabled_events: [
    'checkout.session.completed',
    'customer.subscription.created',
    'customer.subscription.updated',
    'customer.subscription.deleted',
  ],
});
const [price] = (await stripe.prices.list({ lookup_keys: ['pro'] })).data;
const rows = { user: [], session: [], account: [], verification: [], subscription: [], rateLimit: [] };
auth = betterAuth({
  baseURL: base,
  secret: 'a-secret-of-this-test-that-is-long-enough',
  database: memoryAdapter(rows),
  emailAndPassword: { enabled: true },
  logger: { level: 'error' },
  plugins: [
    stripePlugin({
      stripeClient: stripe,
      stripeWebhookSecret: endpoint.secret,
      createCustomerOnSignUp: true,
      subscription: { enabled: true, plans: [{ name: 'pro', priceId: price.id }] },
    }),
  ],
});

let cookie = '';
async function call(path, body) {
  const answer = await fetch(`${base}/api/auth${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', Origin: base, ...(cookie ? { Cookie: cookie } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const set = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  if (set.length > 0) cookie = set.join('; ');
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

const signedUp = await call('/sign-up/email', { email: 'auth@example.com', password: 'correct horse battery', name: 'Auth' });
check('somebody signs up', signedUp.status === 200, JSON.stringify(signedUp));
const [customer] = (await stripe.customers.list({ email: 'auth@example.com' })).data;
check(
  'the plugin makes the customer',
  rows.user[0]?.stripeCustomerId === customer?.id && customer !== undefined,
  JSON.stringify(rows.user[0]),
);
const upgrade = await call('/subscription/upgrade', {
  plan: 'pro',
  successUrl: `${base}/thanks`,
  cancelUrl: `${base}/plans`,
  disableRedirect: true,
});
check('an upgrade opens a checkout session', upgrade.status === 200 && String(upgrade.body?.url).includes('/c/'), JSON.stringify(upgrade));

const entries = { email: 'auth@example.com', name: 'Auth', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' };
await fetch(upgrade.body.url, {
  method: 'POST',
  body: new URLSearchParams({ ...entries, withdrawal_consent: 'yes', renewal_consent: 'yes' }),
  redirect: 'manual',
});
const until = async (isSo) => {
  for (const deadline = Date.now() + 45_000; Date.now() < deadline && !(await isSo());) await sleep(250);
};
await until(() => rows.subscription[0]?.status === 'active');
check('the webhook makes the subscription active', rows.subscription[0]?.status === 'active', JSON.stringify(rows.subscription));
const listed = await call('/subscription/list');
check('it is listed with its plan', listed.body?.[0]?.plan === 'pro', JSON.stringify(listed));
const portal = await call('/subscription/billing-portal', { returnUrl: `${base}/account`, disableRedirect: true });
check('the billing portal opens', portal.status === 200 && String(portal.body?.url).startsWith('http'), JSON.stringify(portal));
const cancel = await call('/subscription/cancel', { returnUrl: `${base}/account`, disableRedirect: true });
check('cancelling leads to the portal', cancel.status === 200 && String(cancel.body?.url).startsWith('http'), JSON.stringify(cancel));
await stripe.subscriptions.update(rows.subscription[0]?.stripeSubscriptionId, { cancel_at_period_end: true });
await until(() => rows.subscription[0]?.cancelAtPeriodEnd === true);
check('the webhook says that it will end', rows.subscription[0]?.cancelAtPeriodEnd === true, JSON.stringify(rows.subscription));
const restored = await call('/subscription/restore', {});
check('it is restored', restored.status === 200, JSON.stringify(restored));
await stripe.subscriptions.cancel(rows.subscription[0]?.stripeSubscriptionId);
await until(() => rows.subscription[0]?.status === 'canceled');
check('the webhook ends it', rows.subscription[0]?.status === 'canceled', JSON.stringify(rows.subscription));
process.exit(0);
