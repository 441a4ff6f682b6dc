/**
 * A shop that sells reports: ten dollars a month, and fifty cents for each report. It sells through Dunlin's checkout, lets only customers with
 * a subscription in, and reports what they use. README.md says how to start it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import type Stripe from 'stripe';

interface Shop {
  stripe: Stripe;
  /** Where browsers find the shop. */
  url: string;
  /** Signs the cookie that says who has bought. */
  secret: string;
}

interface Catalog {
  plan: string;
  perReport: string;
}

const EVENT = 'report_made';

/** What the shop sells. Started again, it finds the same prices by their lookup keys. */
export async function catalogOf(stripe: Stripe): Promise<Catalog> {
  const { data } = await stripe.prices.list({ lookup_keys: ['reports_plan', 'reports_each'] });
  const [plan, each] = ['reports_plan', 'reports_each'].map((key) => data.find((price) => price.lookup_key === key)?.id);
  if (plan !== undefined && each !== undefined) return { plan, perReport: each };
  const meter = await stripe.billing.meters.create({
    display_name: 'Reports',
    event_name: EVENT,
    default_aggregation: { formula: 'count' },
  });
  const product = await stripe.products.create({ name: 'Reports' });
  const common = { product: product.id, currency: 'usd' };
  const monthly = await stripe.prices.create({
    ...common,
    unit_amount: 1000,
    recurring: { interval: 'month' },
    lookup_key: 'reports_plan',
  });
  const metered = await stripe.prices.create({
    ...common,
    unit_amount: 50,
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    lookup_key: 'reports_each',
  });
  return { plan: monthly.id, perReport: metered.id };
}

/** The shop's own server. */
export function shopApp(shop: Shop, { plan, perReport }: Catalog): Express {
  const { stripe, url } = shop;
  const app = express();
  app.get('/', (_request, response) => {
    show(response, 200, 'Reports', '<p>10 dollars a month, and 50 cents for each report.</p>' + button('/subscribe', 'Subscribe'));
  });
  app.post('/subscribe', async (_request, response) => {
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: plan, quantity: 1 }, { price: perReport }],
      success_url: `${url}/welcome?session={CHECKOUT_SESSION_ID}`,
      cancel_url: url,
    });
    response.redirect(303, session.url ?? '/');
  });
  // Anybody can open this address, so the shop asks Dunlin how the session stands.
  app.get('/welcome', async (request, response) => {
    const id = new URL(request.url, url).searchParams.get('session') ?? '';
    const { status, customer } = await stripe.checkout.sessions.retrieve(id);
    if (status !== 'complete' || typeof customer !== 'string') {
      show(response, 402, 'Not paid yet', button('/subscribe', 'Subscribe'));
      return;
    }
    response.setHeader('Set-Cookie', `customer=${signed(shop, customer)}; HttpOnly; SameSite=Lax; Path=/`).redirect(303, '/reports');
  });
  app.get('/reports', async (request, response) => {
    const customer = customerOf(shop, request);
    if (await mayUse(stripe, customer)) show(response, 200, 'Your reports', button('/reports', 'Make a report'));
    else show(response, 402, 'Reports are for subscribers', button('/subscribe', 'Subscribe'));
  });
  app.post('/reports', async (request, response) => {
    const customer = customerOf(shop, request);
    if (customer === null || !(await mayUse(stripe, customer))) {
      show(response, 402, 'Reports are for subscribers', button('/subscribe', 'Subscribe'));
      return;
    }
    await stripe.billing.meterEvents.create({ event_name: EVENT, payload: { stripe_customer_id: customer } });
    show(response, 200, 'Your report', '<p>Everything went up.</p>' + button('/reports', 'Make another'));
  });
  return app;
}

/** A card that is being retried does not lock a customer out. */
const OPEN: readonly Stripe.Subscription.Status[] = ['active', 'trialing', 'past_due'];

async function mayUse(stripe: Stripe, customer: string | null): Promise<boolean> {
  if (customer === null) return false;
  const { data } = await stripe.subscriptions.list({ customer });
  return data.some(({ status }) => OPEN.includes(status));
}

function signed({ secret }: Shop, customer: string): string {
  return `${customer}.${createHmac('sha256', secret).update(customer).digest('base64url')}`;
}

function customerOf(shop: Shop, request: Request): string | null {
  const [, value = ''] = /(?:^|; )customer=([^;]*)/.exec(request.header('Cookie') ?? '') ?? [];
  const [customer = ''] = value.split('.');
  const expected = Buffer.from(signed(shop, customer));
  const given = Buffer.from(value);
  return given.length === expected.length && timingSafeEqual(given, expected) ? customer : null;
}

const button = (action: string, label: string): string => `<form method="post" action="${action}"><button>${label}</button></form>`;

function show(response: Response, status: number, title: string, body: string): void {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
  response.status(status).type('html').send(`<!doctype html><html lang="en">${head}<main><h1>${title}</h1>${body}</main></html>`);
}
