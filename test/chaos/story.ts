/**
 * One year of seven customers on one test clock, told as calls that are each made until they are answered, under keys of their
 * own: told twice, with and without kills, it must leave the same books.
 */
import type Stripe from 'stripe';
import { insist, until, type ChaosStack } from './stack';

const DAY = 86_400;
/** 15 January 2026. */
export const T0 = Date.UTC(2026, 0, 15) / 1000;

/** Customer and subscription by the name of the part that they play. */
type Parts = Record<string, { customer: string; subscription: string }>;

export interface Cast {
  clock: string;
  parts: Parts;
}

interface Teller {
  stripe: Stripe;
  /** Idempotency-Key of a call by what it is for. */
  key: (what: string) => { idempotencyKey: string };
  clock: string;
  /** The meter's event name, a meter for each story. */
  eventName: string;
}

export interface Act {
  /** Days after the beginning. */
  day: number;
  play: (teller: Teller, parts: Parts) => Promise<void>;
}

const FAILING = 'pm_card_chargeCustomerFail';

const partsOf = (monthly: string, calls: string): Record<string, Partial<Stripe.SubscriptionCreateParams>> => ({
  steady: { items: [{ price: monthly }] },
  using: { items: [{ price: monthly }, { price: calls }], billing_thresholds: { amount_gte: 500 } },
  recovering: { items: [{ price: monthly, quantity: 2 }] },
  trying: { items: [{ price: monthly }], trial_period_days: 14 },
  changing: { items: [{ price: monthly }] },
  leaving: { items: [{ price: monthly, quantity: 3 }] },
  exhausted: { items: [{ price: monthly }] },
});

/** Acts of the year: who does what on which day. */
export const YEAR: Act[] = [
  {
    day: 45,
    play: async (teller: Teller, parts: Parts): Promise<void> => {
      for (const name of ['recovering', 'exhausted']) await useCard(teller, part(parts, name).customer, name, FAILING);
      await report(teller, part(parts, 'using').customer, 45, [100, 60, 120, 7]);
    },
  },
  {
    day: 64,
    play: async (teller: Teller, parts: Parts): Promise<void> =>
      useCard(teller, part(parts, 'recovering').customer, 'recovering again', 'pm_card_mastercard'),
  },
  {
    day: 100,
    play: async (teller: Teller, parts: Parts): Promise<void> => {
      const { stripe, key } = teller;
      const { subscription } = part(parts, 'changing');
      await report(teller, part(parts, 'using').customer, 100, [11, 13]);
      const yearly = await insist(() => stripe.prices.create(priceOf('year', 9_900), key('yearly price')));
      const { items } = await insist(() => stripe.subscriptions.retrieve(subscription));
      const change = { items: [{ id: items.data[0]?.id ?? '', price: yearly.id }] };
      await insist(() => stripe.subscriptions.update(subscription, change, key('changes to yearly')));
    },
  },
  {
    day: 130,
    play: async ({ stripe, key }: Teller, parts: Parts): Promise<void> => {
      const { subscription } = part(parts, 'leaving');
      await insist(() => stripe.subscriptions.update(subscription, { cancel_at_period_end: true }, key('leaves at the end')));
    },
  },
  { day: 368, play: (): Promise<void> => Promise.resolve() },
];

/** The card that is charged from this day on is declined. */
export const failingFrom = (day: number, name: string): Act => ({
  day,
  play: (teller: Teller, parts: Parts): Promise<void> => useCard(teller, part(parts, name).customer, name, FAILING),
});

/** A quarter of it, for a short look. */
export const QUARTER: Act[] = [
  failingFrom(35, 'recovering'),
  {
    day: 40,
    play: async (teller: Teller, parts: Parts): Promise<void> => {
      if (parts['using']) await report(teller, parts['using'].customer, 40, [100, 60, 120, 7]);
    },
  },
  {
    day: 64,
    play: async (teller: Teller, parts: Parts): Promise<void> =>
      useCard(teller, part(parts, 'recovering').customer, 'recovering again', 'pm_card_mastercard'),
  },
  { day: 95, play: (): Promise<void> => Promise.resolve() },
];

/** Tells a story; `name` is the prefix of its keys. */
export async function tell(stack: ChaosStack, name: string, acts: Act[], cast?: string[]): Promise<Cast> {
  const { stripe } = stack;
  const key = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `${name}/${what}` });
  const clock = await insist(() => stripe.testHelpers.testClocks.create({ frozen_time: T0 }, key('clock')));
  const teller = { stripe, key, clock: clock.id, eventName: `${name} calls` };
  const monthly = await insist(() => stripe.prices.create(priceOf('month', 1_000), key('monthly price')));
  const calls = await meteredPrice(teller);
  const parts: Parts = {};
  for (const [part, params] of Object.entries(partsOf(monthly.id, calls))) {
    if (!cast || cast.includes(part)) parts[part] = await begin(teller, part, params);
  }
  for (const act of acts) {
    const to = T0 + act.day * DAY;
    await insist(() => stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to }, key(`day ${String(act.day)}`)));
    await untilReady(stack, clock.id, to);
    await act.play(teller, parts);
  }
  return { clock: clock.id, parts };
}

async function begin(teller: Teller, name: string, params: Partial<Stripe.SubscriptionCreateParams>): Promise<Parts[string]> {
  const { stripe, key, clock } = teller;
  const customer = await insist(() => stripe.customers.create({ name, test_clock: clock }, key(name)));
  await useCard(teller, customer.id, name, 'pm_card_visa');
  const subscription = await insist(() => stripe.subscriptions.create({ customer: customer.id, ...params }, key(`${name} subscribes`)));
  return { customer: customer.id, subscription: subscription.id };
}

/** 2 a call. */
async function meteredPrice({ stripe, key, eventName }: Teller): Promise<string> {
  const settings = { display_name: 'Calls', event_name: eventName, default_aggregation: { formula: 'sum' as const } };
  const meter = await insist(() => stripe.billing.meters.create(settings, key('meter')));
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const;
  const price = await insist(() => stripe.prices.create({ ...priceOf('month', 2), recurring }, key('price of calls')));
  return price.id;
}

/** Usage in the hours before this day: each event is sent until it is answered, under an identifier of its own. */
async function report({ stripe, key, eventName }: Teller, customer: string, day: number, values: number[]): Promise<void> {
  for (const [index, value] of values.entries()) {
    const { idempotencyKey: identifier } = key(`day ${String(day)}, event ${String(index)}`);
    const payload = { stripe_customer_id: customer, value: String(value) };
    const timestamp = T0 + day * DAY - 3_600 * (index + 1);
    await insist(() => stripe.billing.meterEvents.create({ event_name: eventName, identifier, payload, timestamp }));
  }
}

async function useCard({ stripe, key }: Teller, customer: string, what: string, card: string): Promise<void> {
  const { id } = await insist(() => stripe.paymentMethods.attach(card, { customer }, key(`${what}: ${card}`)));
  await insist(() => stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } }, key(`${what} uses ${card}`)));
}

/** The clock must arrive without help: a second `advance` would hide that it was stuck. */
async function untilReady({ stripe }: ChaosStack, clock: string, to: number): Promise<void> {
  const arrived = await until(
    async () => {
      const seen = await stripe.testHelpers.testClocks.retrieve(clock);
      return seen.status === 'advancing' ? null : seen;
    },
    { what: `the clock ${clock}`, timeoutMs: 240_000, everyMs: 200 },
  );
  if (arrived.status !== 'ready' || arrived.frozen_time !== to)
    throw new Error(`the clock is ${arrived.status} at ${String(arrived.frozen_time)}`);
}

function part(parts: Parts, name: string): Parts[string] {
  const found = parts[name];
  if (!found) throw new Error(`nobody plays ${name}`);
  return found;
}

const priceOf = (interval: 'month' | 'year', unitAmount: number): Stripe.PriceCreateParams => ({
  currency: 'usd',
  unit_amount: unitAmount,
  recurring: { interval },
  product_data: { name: interval },
});
