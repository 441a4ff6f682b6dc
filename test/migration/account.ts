/** A Stripe account with a bit of everything, made up from a seed, and its months in both systems. */
import fc from 'fast-check';
import type Stripe from 'stripe';
import { customerWith } from '../support/builders';
import { DAY } from '../support/clock';
import { until } from '../support/system';
import { imported, startClocks, type ImportAnswer, type Moving } from './moving';

interface Catalogue {
  prices: string[];
  coupons: string[];
  rate: string;
}

async function catalogueOf(stripe: Stripe): Promise<Catalogue> {
  const { id: product } = await stripe.products.create({ name: 'Suite' });
  const month = { interval: 'month' as const };
  const terms: Stripe.PriceCreateParams[] = [
    { currency: 'usd', unit_amount: 1900, recurring: month },
    { currency: 'usd', unit_amount_decimal: '0.333333' as never, recurring: month },
    { currency: 'usd', unit_amount: 500, recurring: { interval: 'week', interval_count: 2 } },
    { currency: 'usd', unit_amount: 900, recurring: month, transform_quantity: { divide_by: 3, round: 'up' } },
    {
      ...{ currency: 'usd', recurring: month, billing_scheme: 'tiered', tiers_mode: 'graduated' },
      tiers: [
        { up_to: 5, unit_amount: 700 },
        { up_to: 20, unit_amount: 510, flat_amount: 99 },
        { up_to: 'inf', unit_amount_decimal: '420.5' as never },
      ],
    },
    {
      ...{ currency: 'usd', recurring: month, billing_scheme: 'tiered', tiers_mode: 'volume' },
      tiers: [
        { up_to: 10, unit_amount: 300 },
        { up_to: 'inf', unit_amount: 250 },
      ],
    },
  ];
  const prices = await Promise.all(terms.map(async (of) => (await stripe.prices.create({ ...of, product })).id));
  const coupons = [
    await stripe.coupons.create({ percent_off: 33.3, duration: 'forever' }),
    await stripe.coupons.create({ amount_off: 250, currency: 'usd', duration: 'repeating', duration_in_months: 2 }),
  ];
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19.6, inclusive: false });
  return { prices, coupons: coupons.map(({ id }) => id), rate: rate.id };
}

const life = fc.record({
  prices: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }),
  quantities: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 }),
  coupon: fc.option(fc.nat({ max: 1 })),
  taxed: fc.boolean(),
  trialDays: fc.option(fc.integer({ min: 3, max: 40 })),
  anchorDays: fc.option(fc.integer({ min: 1, max: 10 })),
  ends: fc.boolean(),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

async function live(stripe: Stripe, { prices, coupons, rate }: Catalogue, of: Life, clock: { id: string; now: number }): Promise<void> {
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { coupon, trialDays, anchorDays } = of;
  await stripe.subscriptions.create({
    customer,
    items: of.prices.map((price, index) => ({ price: prices[price] ?? '', quantity: of.quantities[index] ?? 1 })),
    ...(coupon === null ? {} : { discounts: [{ coupon: coupons[coupon] ?? '' }] }),
    ...(of.taxed ? { default_tax_rates: [rate] } : {}),
    ...(trialDays !== null ? { trial_period_days: trialDays } : {}),
    ...(trialDays === null && anchorDays !== null ? { billing_cycle_anchor: clock.now + anchorDays * DAY } : {}),
    ...(of.ends ? { cancel_at: clock.now + 75 * DAY } : {}),
  });
}

export interface Moved {
  run: ImportAnswer;
  /** How many shadow invoices there are by their status. */
  shadows: Record<string, number>;
  differences: object[];
}

/** Of many, a request does not wait for all: it says so, and the comparison goes on. */
async function compared({ target, timeoutMs }: Moving, clock: string): Promise<void> {
  await target.post('/v1/shadow_invoices/compare').catch(() => null);
  const waits = () => target.sql`
    select 1 from shadow_invoices s join customers c on c.id = s.customer where c.test_clock = ${clock} and s.status = 'waiting' limit 1`;
  await until(async () => ((await waits()).length === 0 ? true : null), { timeoutMs, what: 'the comparison' });
}

const AT_ONCE = 4;

/** Makes the account, imports it after ten days, and bills it in the shadow until three months have passed. */
export async function moveAccount(moving: Moving, { customers, seed }: { customers: number; seed: number }): Promise<Moved> {
  const { source, target } = moving;
  const clocks = await startClocks(moving, '2026-01-31');
  const catalogue = await catalogueOf(source.stripe);
  const lives = fc.sample(life, { numRuns: customers, seed });
  const clock = { id: clocks.source.id, now: clocks.source.now() };
  for (let from = 0; from < lives.length; from += AT_ONCE) {
    await Promise.all(lives.slice(from, from + AT_ONCE).map((of) => live(source.stripe, catalogue, of, clock)));
  }
  await clocks.to('2026-02-10');
  const run = await imported(moving, { source_test_clock: clocks.source.id, test_clock: clocks.target.id });
  // Two hours later: what has become due on that day is no draft any more.
  await clocks.to('2026-05-12T02:00:00Z');
  await compared(moving, clocks.target.id);
  const rows = await target.sql<{ status: string; count: number }[]>`
    select s.status, count(*)::int as count from shadow_invoices s join customers c on c.id = s.customer
    where c.test_clock = ${clocks.target.id} group by 1`;
  const differences = await target.sql<object[]>`
    select s.subscription, s.cycle_at, s.differences, s.ours, s.theirs from shadow_invoices s join customers c on c.id = s.customer
    where c.test_clock = ${clocks.target.id} and s.status = 'different' limit 5`;
  return { run, shadows: Object.fromEntries(rows.map(({ status, count }) => [status, count])), differences: [...differences] };
}
