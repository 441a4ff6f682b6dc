import { randomBytes } from 'node:crypto';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { asAdmin, OWNER } from '../support/stack';

const product = useProduct();
booksBalanceAfterEach(product);

type Figures = Record<string, unknown>;
const get = async (path: string, parameters: Record<string, string | number>): Promise<Figures> => {
  const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  return product.get(`${path}?${query.toString()}`);
};
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

test('a quarter on a clock: each month begins with what the one before ended with, and movements explain the rest', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-10');
  const [small, large] = [await priceOf(stripe), await priceOf(stripe, 3000)];
  const buyer = async (price: string, more = {}) => {
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
    return stripe.subscriptions.create({ customer, items: [{ price }], ...more });
  };
  const stays = await buyer(small);
  const leaves = await buyer(large);
  await buyer(small, { trial_period_days: 14 });
  await buyer(large, { trial_period_days: 14, cancel_at: clock.now() + 14 * DAY });
  await clock.to('2026-02-12');
  await stripe.subscriptions.update(stays.id, { items: [{ id: stays.items.data[0]?.id ?? '', price: large }] });
  await stripe.subscriptions.cancel(leaves.id);
  await clock.to('2026-03-15');

  const report = await get('/v1/insight/mrr', { test_clock: clock.id, from: at('2026-01-01'), to: at('2026-04-01'), format: 'csv' });
  const shown = (report['periods'] as Record<string, unknown>[]).map((each) => [
    ...[each['opening_mrr'], each['closing_mrr'], each['closing_customers']],
    ...Object.entries(each['movements'] as Record<string, { amount: number }>).flatMap(([type, { amount }]) =>
      amount ? [[type, amount]] : [],
    ),
  ]);
  expect(shown).toEqual([
    [0, 5000, 3, ['new', 5000]],
    [5000, 4000, 2, ['expansion', 2000], ['churn', -3000]],
    [4000, 4000, 2],
  ]);
  expect(report['csv']).toContain('2026-02-01,2026-03-01,usd,50.00,0.00,20.00,0.00,-30.00,0.00,40.00,3,2');

  const summary = await get('/v1/insight/summary', { test_clock: clock.id, as_of: at('2026-02-20') });
  expect(summary).toMatchObject({
    ...{ mrr: 4000, arr: 48_000, customers: 2, average_revenue_per_customer: 2000 },
    last_30_days: { gross_churn: '75', net_churn: '25', net_retention: '75', customer_churn: '33.33' },
    trials: { ended: 2, converted: 1, conversion: '50' },
  });

  const { cohorts } = (await get('/v1/insight/cohorts', { test_clock: clock.id })) as { cohorts?: unknown };
  expect(cohorts).toMatchObject([
    {
      ...{ month: '2026-01', customers: 3 },
      months: [
        { age: 0, customers: 3, mrr: 5000, retention: '100' },
        { age: 1, customers: 2, mrr: 4000, retention: '66.67' },
        { age: 2, customers: 2, mrr: 4000, retention: '66.67' },
      ],
    },
  ]);

  const { data } = (await get('/v1/insight/mrr_movements', { test_clock: clock.id, type: 'churn' })) as { data?: unknown };
  expect(data).toMatchObject([
    { object: 'insight.mrr_movement', subscription: leaves.id, amount: -3000, customer_mrr: 0, created: at('2026-02-12') },
  ]);
  expect(await get('/v1/insight/summary', {})).toMatchObject({ mrr: 0, customers: 0, lifetime_value: null });
});

test('a role that may only read the views gets the same figures, and no table', async () => {
  const { sql, account } = product;
  const name = `reports_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.unsafe(`create role ${name}; grant ${name} to ${OWNER}`));
  await sql.unsafe(`grant select on insight_mrr_months, insight_subscriptions to ${name}`);
  const read = sql.begin(async (tx) => {
    await tx.unsafe(`set local role ${name}`);
    return tx`select month::text, opening, new, churn, closing from insight_mrr_months where account = ${account} order by month`;
  });
  const tables = sql.begin(async (tx) => {
    await tx.unsafe(`set local role ${name}`);
    await tx`select 1 from customers`;
  });
  try {
    expect([...(await read)]).toEqual([
      { month: '2026-01-01', opening: 0, new: 5000, churn: 0, closing: 5000 },
      { month: '2026-02-01', opening: 5000, new: 0, churn: -3000, closing: 4000 },
    ]);
    await expect(tables).rejects.toThrow('permission denied for table customers');
  } finally {
    await sql.unsafe(`revoke all on insight_mrr_months, insight_subscriptions from ${name}`);
    await asAdmin((admin) => admin.unsafe(`drop role ${name}`));
  }
});
