import { customerWith } from '../support/builders';
import { at, startClock } from '../support/clock';
import { customerKinds } from '../support/customer-kinds';
import { billedOn, expectNoTrace, forecastOf, type ShownForecast } from '../support/forecasts';
import type { Product } from '../support/product';

/** One customer of each kind, forecast for up to three months, and then billed. */
export function testForecastOfEachKind(product: Product, months: number): void {
  test(`a forecast of one customer of each kind over ${String(months)} months is what a clock then bills, by month and currency`, async () => {
    const { stripe, sql } = product;
    const clock = await startClock(stripe, '2026-01-10');
    const buyer = async (): Promise<string> => (await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id })).customer;
    for (const build of Object.values(customerKinds(stripe, clock))) await build(buyer);
    await clock.to('2026-01-22');
    const [before] = await sql`select count(*)::integer as invoices, (select count(*)::integer from events) as events from invoices`;

    const looks: ShownForecast[] = [];
    const forecast = await forecastOf(product, { months, test_clock: clock.id }, { looks });
    expect(forecast).toMatchObject({
      status: 'completed',
      failure: null,
      progress: { percent: '100', subscriptions: 13, subscriptions_done: 13 },
    });
    expect(looks[0]?.progress.percent).toBe('0');
    expect(forecast.assumptions).toContain('An invoice that is sent is paid when it is due. One that is overdue now stays unpaid.');
    expect(forecast.csv).toContain('as_now,2026-02-01,2026-03-01,usd,');
    const [after] = await sql`select count(*)::integer as invoices, (select count(*)::integer from events) as events from invoices`;
    expect(after).toEqual(before);
    await expectNoTrace(product);

    const starts = ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'].slice(0, months + 1).map(at);
    expect(forecast.months.map(({ start, end }) => [start, end])).toEqual(
      starts.map((end, index) => [starts[index - 1] ?? clock.now(), end]),
    );
    const since = clock.now();
    await clock.to((starts.at(-1) ?? 0) - 1);
    expect(forecast.months).toEqual(await billedOn(product, clock.id, forecast.months, since));
    expect(forecast.months[1]?.revenue).toBeGreaterThan(10_000);
  }, 300_000);
}
