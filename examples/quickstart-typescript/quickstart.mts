/** A shop in a minute, with Stripe's SDK for TypeScript: a product, a customer, a subscription, a month, and the webhook of its invoice. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';

const { DUNLIN_URL = 'http://127.0.0.1:4010', DUNLIN_KEY = '' } = process.env;
const { hostname, port, protocol } = new URL(DUNLIN_URL);
const stripe = new Stripe(DUNLIN_KEY, { host: hostname, port, protocol: protocol === 'https:' ? 'https' : 'http' });
const at = (day: string): number => Date.parse(day) / 1000;

// 1. What you sell: fifteen dollars a month.
const product = await stripe.products.create({ name: 'Pro' });
const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' } });
console.log(`ok ${product.name} costs ${String(price.unit_amount)} cents a month`);

// 2. Webhooks: take the events of this seller, and believe only what is signed.
const events: Stripe.Event[] = [];
const server = createServer(async (request, response) => {
  const body = await buffer(request);
  events.push(stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), endpoint.secret ?? ''));
  response.end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = await stripe.webhookEndpoints.create({
  url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
  enabled_events: ['invoice.paid'],
  api_version: Stripe.API_VERSION as Stripe.WebhookEndpointCreateParams.ApiVersion,
});

// 3. A customer with a card, in a time of its own.
const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at('2026-01-31') });
const customer = await stripe.customers.create({
  email: 'ann@example.com',
  test_clock: clock.id,
  payment_method: 'pm_card_visa',
  invoice_settings: { default_payment_method: 'pm_card_visa' },
});
console.log(`ok ${customer.email ?? ''} is a customer`);

// 4. The subscription. Its first invoice is charged at once.
const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
console.log(`ok the subscription is ${subscription.status}`);

// 5. A month passes.
await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at('2026-03-01') });
while ((await stripe.testHelpers.testClocks.retrieve(clock.id)).status !== 'ready') await sleep(200);
const invoices = await stripe.invoices.list({ subscription: subscription.id });
console.log(`ok ${String(invoices.data.filter(({ status }) => status === 'paid').length)} invoices are paid`);

// 6. The webhooks of both have arrived.
const ofOurs = (event: Stripe.Event): boolean => event.type === 'invoice.paid' && event.data.object.customer === customer.id;
while (events.filter(ofOurs).length < 2) await sleep(200);
console.log('ok 2 webhooks are verified');

await stripe.webhookEndpoints.del(endpoint.id);
server.close();
