import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { at, startClock } from '../support/clock';
import { expectNoTrace, forecastOf, type ShownForecast } from '../support/forecasts';
import { useProduct } from '../support/product';
import { until } from '../support/system';
import { testForecastOfEachKind } from './forecast-of-each-kind';

const product = useProduct();
booksBalanceAfterEach(product);

testForecastOfEachKind(product, 1);

test('changes of a price and of a tax rate say who is billed more, and who less', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const [dear, cheap, other] = [await priceOf(stripe, 3000), await priceOf(stripe, 1000), await priceOf(stripe, 500)];
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive: false });
  const buy = async (price: string, quantity: number, taxes: string[] = []): Promise<string> => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    await stripe.subscriptions.create({ customer, items: [{ price, quantity }], default_tax_rates: taxes });
    return customer;
  };
  const [less, more, taxed, same] = [await buy(dear, 1), await buy(cheap, 2), await buy(other, 4, [rate]), await buy(other, 1)];

  const changes = {
    prices: [
      { from: dear, to: cheap },
      { from: cheap, unit_amount_decimal: '1200.5' },
    ],
    tax_rates: [{ tax_rate: rate, percentage: '25' }],
  };
  const forecast = await forecastOf(product, { months: 1, test_clock: clock.id, changes });
  expect(forecast.status).toBe('completed');
  expect(forecast.months.map(({ revenue, tax }) => [revenue, tax])).toEqual([
    [0, 0],
    [7500, 200],
  ]);
  expect(forecast.months_changed?.map(({ revenue, tax }) => [revenue, tax])).toEqual([
    [0, 0],
    [5901, 500],
  ]);
  const differences = await product.get(`/v1/forecasts/${forecast.id}/differences?format=csv`);
  expect(differences).toMatchObject({
    data: [
      { customer: less, customer_name: 'Ada', now: { total: 3000 }, then: { total: 1000 }, difference: { total: -2000 } },
      { customer: more, now: { total: 2000 }, then: { total: 2401 }, difference: { revenue: 401, tax: 0 } },
      { customer: taxed, now: { total: 2200 }, then: { total: 2500 }, difference: { revenue: 0, tax: 300, total: 300 } },
      { customer: same, difference: { total: 0 } },
    ],
    totals: [{ customers: 4, customers_more: 2, customers_less: 1, difference: { revenue: -1599, tax: 300, total: -1299 } }],
  });
  expect(differences['csv']).toContain(`${less},usd,30.00,10.00,-20.00,-20.00,0.00`);
  await expectNoTrace(product);
}, 240_000);

test('a forecast that is canceled removes what it has made', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const { id } = (await product.post('/v1/forecasts', { customers: [customer], months: 24, test_clock: clock.id })) as { id?: string };
  await until(async () => ((await product.sql`select 1 from accounts where forecast = ${String(id)}`).length > 0 ? true : null), {
    timeoutMs: 60_000,
    what: 'the copies',
  });
  expect(await product.post(`/v1/forecasts/${String(id)}/cancel`)).toMatchObject({ status: 'canceled' });
  await until(async () => ((await product.sql`select 1 from accounts where forecast is not null`).length === 0 ? true : null), {
    timeoutMs: 60_000,
    what: 'the removal',
  });
  await expectNoTrace(product);
  expect(await product.get('/v1/forecasts?limit=1')).toMatchObject({ data: [{ id, status: 'canceled' }], has_more: true });
}, 120_000);

test('of three forecasts that are begun at once two run', async () => {
  const { id: clock } = await startClock(product.stripe, '2026-01-10');
  const all = await Promise.allSettled(Array.from({ length: 3 }, () => product.post('/v1/forecasts', { months: 1, test_clock: clock })));
  const [refused, ...others] = all.filter(({ status }) => status === 'rejected');
  expect(others).toEqual([]);
  expect(refused).toMatchObject({
    reason: { code: 'lock_timeout', message: expect.stringContaining('At most 2 forecasts run') as string },
  });
  const begun = all.flatMap((each) => (each.status === 'fulfilled' ? [String(each.value['id'])] : []));
  for (const id of begun) await product.post(`/v1/forecasts/${id}/cancel`);
  await expectNoTrace(product);
}, 60_000);

test('a forecast takes the average of past usage, says so, and is the same if its worker stops in the middle', async () => {
  const { stripe, sql, system } = product;
  const clock = await startClock(stripe, '2026-01-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const event_name = `calls_${customer.toLowerCase()}`;
  const { id: meter } = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
  const metered = await priceOf(stripe, 3, { recurring: { interval: 'month', usage_type: 'metered', meter } });
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 1000) }, { price: metered }] });
  for (const [month, value] of [
    ['01', '100'],
    ['02', '200'],
    ['03', '300'],
  ] as const) {
    await clock.to(`2026-${month}-20`);
    await stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value },
      timestamp: at(`2026-${month}-15`),
    });
  }
  await clock.to('2026-04-02');

  const asked = { months: 2, test_clock: clock.id };
  const undisturbed = await forecastOf(product, asked);
  expect(undisturbed.status).toBe('completed');
  expect(undisturbed.assumptions.join(' ')).toContain('average');
  const [rest, may, june] = undisturbed.months.map(({ revenue }) => revenue) as [number, number, number];
  // The running period has the rest of its share, and the next one the average of 100, 200 and 300 calls.
  expect([rest, june]).toEqual([0, 1000 + 3 * 200]);
  expect(may).toBeGreaterThan(1000 + 3 * 190);
  expect(may).toBeLessThanOrEqual(1000 + 3 * 200);

  const { id } = (await product.post('/v1/forecasts', asked)) as { id: string };
  await until(async () => (await sql`select 1 from accounts where forecast = ${id}`).length > 0, { timeoutMs: 60_000, what: 'the copies' });
  await system.stopWorker();
  expect(await product.get(`/v1/forecasts/${id}`)).toMatchObject({ status: 'running' });
  await system.startWorker();
  const disturbed = await until(
    async () => {
      const shown = (await product.get(`/v1/forecasts/${id}`)) as unknown as ShownForecast;
      return shown.status === 'running' ? null : shown;
    },
    { timeoutMs: 120_000, what: `forecast ${id}` },
  );
  expect(disturbed).toMatchObject({ status: 'completed', failure: null, months: undisturbed.months });
  await expectNoTrace(product);
}, 300_000);

test('what a forecast cannot compare is refused by name, and begins nothing', async () => {
  const { stripe } = product;
  const [monthly, yearly] = [await priceOf(stripe), await priceOf(stripe, 100, { recurring: { interval: 'year' } })];
  const refused = async (parameters: Record<string, unknown>) => (await refusal(product.post('/v1/forecasts', parameters))).param;
  const [before] = await product.sql`select count(*)::integer as count from forecasts`;
  expect(await refused({ months: 25 })).toBe('months');
  expect(await refused({ prices: ['price_none'] })).toBe('prices[0]');
  expect(await refused({ customers: ['cus_none'] })).toBe('customers[0]');
  expect(await refused({ changes: { prices: [{ from: monthly, to: yearly }] } })).toBe('changes[prices][0][to]');
  expect(await refused({ changes: { prices: [{ from: monthly }] } })).toBe('changes[prices][0][to]');
  expect(await refused({ changes: { tax_rates: [{ tax_rate: 'txr_none', percentage: '5' }] } })).toBe('changes[tax_rates][0][tax_rate]');
  const [after] = await product.sql`select count(*)::integer as count from forecasts`;
  expect(after).toEqual(before);
});
