import type Stripe from 'stripe';
import { priceOf } from '../support/builders';
import { at, startClock } from '../support/clock';
import { billedOn, forecastOf, type ShownForecast } from '../support/forecasts';
import { useProduct } from '../support/product';
import { testForecastOfEachKind } from './forecast-of-each-kind';

const product = useProduct();
const SUBSCRIPTIONS = 1_000;
const AT_ONCE = 12;

/** The nth subscriber: what it buys follows from its number, so that every tenth is alike. */
async function subscribe(
  stripe: Stripe,
  clock: string,
  prices: { monthly: string; yearly: string; rate: string },
  n: number,
): Promise<void> {
  const { id: customer } = await stripe.customers.create({
    ...{ test_clock: clock, payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } },
  });
  await stripe.subscriptions.create({
    customer,
    items: [{ price: n % 10 === 0 ? prices.yearly : prices.monthly, quantity: 1 + (n % 4) }],
    ...(n % 5 === 1 ? { trial_period_days: 20 } : {}),
    ...(n % 3 === 0 ? { default_tax_rates: [prices.rate] } : {}),
  });
}

testForecastOfEachKind(product, 3);

test('a forecast of 1,000 subscriptions shows progress, ends, and is what the clock then bills', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-20', 1_200_000);
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
  const prices = { monthly: await priceOf(stripe, 1900), yearly: await priceOf(stripe, 19_000, { recurring: { interval: 'year' } }), rate };
  const numbers = Array.from({ length: SUBSCRIPTIONS }, (_, n) => n);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) await subscribe(stripe, clock.id, prices, n);
    }),
  );

  const looks: ShownForecast[] = [];
  const forecast = await forecastOf(product, { months: 1, test_clock: clock.id }, { timeoutMs: 1_800_000, looks });
  expect(forecast).toMatchObject({ status: 'completed', failure: null, progress: { percent: '100', subscriptions_done: SUBSCRIPTIONS } });
  const steps = new Set(looks.map(({ progress }) => progress.subscription_months_done));
  expect(steps.size).toBeGreaterThan(SUBSCRIPTIONS / 25);
  expect(await product.sql`select 1 from accounts where forecast is not null`).toHaveLength(0);

  const since = clock.now();
  await clock.to(at('2026-03-01') - 1);
  expect(forecast.months).toEqual(await billedOn(product, clock.id, forecast.months, since));
  expect(forecast.months[1]?.invoices).toBe((SUBSCRIPTIONS * 9) / 10);
}, 3_600_000);
