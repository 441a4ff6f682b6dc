/**
 * Sells language-model tokens: one meter with dimensions, a price for each model and kind of token, included tokens, the cost of each
 * request, an alert, and a month on a test clock. Every number that it prints can be recomputed by hand; docs/metering.md does so.
 *
 *   npx tsx examples/llm-tokens.ts http://127.0.0.1:4242 sk_test_…
 */
import Stripe from 'stripe';

const DAY = 86_400;
const MAY = Date.UTC(2026, 4, 1) / 1000;
const JUNE = Date.UTC(2026, 5, 1) / 1000;

/** US dollars per million tokens: the customer's price, and the seller's cost. */
const MODELS = {
  large: { input: { price: 3, cost: 1 }, output: { price: 15, cost: 5 }, cached: { price: 0.3, cost: 0.1 } },
  small: { input: { price: 0.25, cost: 0.05 }, output: { price: 1.25, cost: 0.4 }, cached: { price: 0.05, cost: 0.01 } },
};
type Model = keyof typeof MODELS;
type TokenType = keyof (typeof MODELS)[Model];

/** The `small` input tokens that the plan includes per month. */
const INCLUDED = 2_000_000;

export interface TokenStory {
  usage: Record<string, unknown>;
  invoice: Stripe.Invoice;
  explanation: Record<string, unknown>;
  margins: Record<string, unknown>;
  alerts: unknown[];
}

export async function sellTokens(stripe: Stripe): Promise<TokenStory> {
  const meter = await stripe.billing.meters.create({
    ...{ display_name: 'Tokens', event_name: 'llm_tokens', default_aggregation: { formula: 'sum' } },
    ...{ dimension_payload_keys: ['model', 'token_type'], cost_settings: { event_payload_key: 'cost', currency: 'usd' } },
  });
  const plan = await planOf(stripe, meter.id);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: MAY });
  const customer = await stripe.customers.create({ name: 'A team that builds', test_clock: clock.id });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.subscriptions.create({ customer: customer.id, items: plan, default_payment_method: card.id });
  await stripe.billing.alerts.create({
    ...{ title: 'Five million tokens', alert_type: 'usage_threshold' },
    usage_threshold: { meter: meter.id, gte: 5_000_000, recurrence: 'one_time', filters: [{ type: 'customer', customer: customer.id }] },
  });

  await pass(stripe, clock.id, MAY + 10 * DAY);
  await use(stripe, customer.id, { model: 'large', input: 1_000_000, cached: 400_000, output: 250_000 });
  await use(stripe, customer.id, { model: 'large', input: 200_000, cached: 0, output: 50_000 });
  await use(stripe, customer.id, { model: 'small', input: 5_000_000, cached: 0, output: 1_000_000 });
  const usage = await get(stripe, `/v1/customers/${customer.id}/usage?group_by[0]=model`);

  // The draft of the 1st becomes final an hour later, so it includes late events.
  await pass(stripe, clock.id, JUNE + 2 * 3_600);
  const [invoice] = (await stripe.invoices.list({ customer: customer.id, limit: 1 })).data;
  if (!invoice?.id) throw new Error('there is no invoice for May');
  const explanation = await get(stripe, `/v1/invoices/${invoice.id}/explain`);
  const margins = await get(stripe, `/v1/billing/margins?customer=${customer.id}&start_time=${String(MAY)}&end_time=${String(JUNE)}`);
  const told = await stripe.events.list({ type: 'billing.alert.triggered' });
  const alerts = told.data.map((event) => event.data.object).filter((each) => 'customer' in each && each.customer === customer.id);
  return { usage, invoice, explanation, margins, alerts };
}

/** 20 dollars a month, and a price for each model and kind of token. */
async function planOf(stripe: Stripe, meter: string): Promise<{ price: string }[]> {
  const product = await stripe.products.create({ name: 'Tokens' });
  const base = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 2_000, recurring: { interval: 'month' } },
    product_data: { name: 'Plan' },
  });
  const kinds = Object.entries(MODELS).flatMap(([model, types]) =>
    Object.keys(types).map((type) => [model as Model, type as TokenType] as const),
  );
  const tokens = kinds.map(([model, type]) =>
    stripe.prices.create({
      ...{ currency: 'usd', product: product.id, nickname: `${model} ${type}` },
      ...amountOf(model, type),
      recurring: { interval: 'month', usage_type: 'metered', meter, ...{ dimension_filters: { model, token_type: type } } },
    }),
  );
  return [base, ...(await Promise.all(tokens))].map(({ id }) => ({ price: id }));
}

/** 3 dollars per million are 0.0003 cents per token. */
function amountOf(model: Model, type: TokenType): Partial<Stripe.PriceCreateParams> {
  const each = Stripe.Decimal.from(centsPerToken(MODELS[model][type].price));
  if (model !== 'small' || type !== 'input') return { unit_amount_decimal: each };
  const tiers = [
    { up_to: INCLUDED, unit_amount: 0 },
    { up_to: 'inf' as const, unit_amount_decimal: each },
  ];
  return { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers };
}

const centsPerToken = (dollarsPerMillion: number): string => (dollarsPerMillion / 10_000).toFixed(12);

/** One request to a model: an event for each kind of token, with its cost. Because of the identifier it counts once. */
async function use(stripe: Stripe, customer: string, request: { model: Model } & Record<TokenType, number>): Promise<void> {
  const { model, ...tokens } = request;
  const id = `${customer} ${model} ${String(tokens.input)}`;
  for (const [type, count] of Object.entries(tokens)) {
    if (count === 0) continue;
    const cost = ((count / 10_000) * MODELS[model][type as TokenType].cost).toFixed(6);
    await stripe.billing.meterEvents.create({
      ...{ event_name: 'llm_tokens', identifier: `${id} ${type}` },
      payload: { stripe_customer_id: customer, value: String(count), model, token_type: type, cost },
    });
  }
}

async function pass(stripe: Stripe, clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status === 'advancing') {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const get = (stripe: Stripe, path: string): Promise<Record<string, unknown>> =>
  stripe.rawRequest('GET', path) as Promise<Record<string, unknown>>;

async function main([url = '', key = '']: string[]): Promise<void> {
  const { hostname: host, port, protocol } = new URL(url);
  const stripe = new Stripe(key, { host, port, protocol: protocol === 'https:' ? 'https' : 'http', telemetry: false });
  process.stdout.write(`${JSON.stringify(await sellTokens(stripe), null, 2)}\n`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
