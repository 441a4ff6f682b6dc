import { checkFigures, wrongOf } from '../../scripts/check-figures/checks';
import { continueFills } from '../../temporal/fills';
import { booksBalanceAfterEach } from '../ledger/books';
import { refusal } from '../support/builders';
import { consoleUser } from '../support/console';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
booksBalanceAfterEach(product);

interface Fill {
  id: string;
  status: string;
  failure: string | null;
  progress: { doing: string | null; parts: number; parts_left: number; percent: string };
  start: number;
  test_clock: string | null;
}

const begin = async (parameters: Record<string, unknown>): Promise<Fill> =>
  (await product.post('/v1/test_helpers/fills', parameters)) as unknown as Fill;
const look = async (id: string): Promise<Fill> => (await product.get(`/v1/test_helpers/fills/${id}`)) as unknown as Fill;

async function ended(id: string): Promise<{ fill: Fill; looks: Fill[] }> {
  const looks: Fill[] = [];
  const fill = await until(
    async () => {
      const shown = await look(id);
      looks.push(shown);
      return shown.status === 'running' ? null : shown;
    },
    { timeoutMs: 240_000, what: `fill ${id}` },
  );
  return { fill, looks };
}

const keysInUse = () => product.sql`select name from api_keys where name like 'Fills the sandbox%' and revoked_at is null`;

test('an owner fills an empty sandbox from the overview: a company lives through its months once, also if the worker dies meanwhile', async () => {
  const { stripe, sql, system } = product;
  const { browser } = await consoleUser(product, 'owner');
  const { html } = await browser.look('/console');
  expect(html).toContain('Your sandbox is empty');
  expect(html).toContain('action="/console/fills/create"');

  const { id } = await begin({ customers: 14, months: 2 });
  expect(await refusal(begin({}))).toMatchObject({ code: 'lock_timeout' });
  await until(async () => (await sql`select 1 from subscriptions`).length > 3, { timeoutMs: 60_000 });
  await system.stopWorker();
  await system.startWorker();
  const { fill, looks } = await ended(id);
  expect(fill).toMatchObject({ status: 'completed', failure: null, progress: { doing: null, parts: 6, parts_left: 0, percent: '100' } });
  const left = looks.map(({ progress }) => progress.parts_left);
  expect(left).toEqual([...left].sort((one, other) => other - one));
  expect(new Set(left).size).toBeGreaterThan(2);

  const clock = await stripe.testHelpers.testClocks.retrieve(fill.test_clock ?? '');
  const today = new Date();
  expect(clock.frozen_time).toBe(Date.UTC(today.getUTCFullYear(), today.getUTCMonth()) / 1000);
  const customers = await stripe.customers.list({ test_clock: clock.id, limit: 100 });
  expect(new Set(customers.data.map(({ metadata }) => metadata['seed'])).size).toBe(14);
  expect(customers.data).toHaveLength(14);
  expect(new Set(customers.data.map(({ metadata }) => metadata['kind'])).size).toBeGreaterThan(9);
  const [row] = await sql`select count(*)::integer as count from subscriptions where status = 'active'`;
  expect(row?.['count']).toBeGreaterThan(7);
  expect((await browser.look('/console')).html).not.toContain('Your sandbox is empty');
  expect((await browser.look(`/console/fills/${id}`)).html).toContain(`/console/test-clocks/${clock.id}`);
  expect(await keysInUse()).toEqual([]);

  const figures = await checkFigures(stripe, clock.id);
  expect(wrongOf(figures)).toEqual([]);
  const names = figures.map(({ name }) => name);
  for (const each of ['usd: movements', 'usd: summary', 'usd: tax', 'eur: tax', 'usd: recovery', 'usd: cash at the processor'])
    expect(names).toContain(each);
  expect(names.filter((name) => name.startsWith('usage of')).length).toBeGreaterThan(0);
}, 300_000);

test('a fill that is canceled makes nothing more; what it has made stays until its clock is deleted', async () => {
  const { stripe, sql } = product;
  const { id } = await begin({ customers: 40, months: 12 });
  const clock = await until(async () => (await look(id)).test_clock);
  expect(await product.post(`/v1/test_helpers/fills/${id}/cancel`)).toMatchObject({ status: 'canceled', failure: null });
  await until(async () => (await keysInUse()).length === 0, { timeoutMs: 60_000, what: 'the key to be revoked' });
  const countOf = () => sql`select count(*)::integer as count from customers`;
  const before = await countOf();
  await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === 'ready');
  expect(await countOf()).toEqual(before);
  expect(await product.post(`/v1/test_helpers/fills/${id}/cancel`)).toMatchObject({ status: 'canceled' });
  await stripe.testHelpers.testClocks.del(clock);
  const listed = (await product.get('/v1/test_helpers/fills')) as unknown as { data: Fill[] };
  expect(listed.data.map(({ status }) => status)).toEqual(['canceled', 'completed']);
}, 120_000);

test('only the sandbox is filled, and within the limits', async () => {
  const live = await fetch(`${product.url}/v1/test_helpers/fills`, {
    method: 'POST',
    headers: { authorization: `Bearer ${product.system.keys.live}` },
  });
  expect([live.status, ((await live.json()) as { error: { message: string } }).error.message]).toEqual([
    400,
    'Only the sandbox is filled. Use a test API key.',
  ]);
  expect(await refusal(begin({ customers: 100_000 }))).toMatchObject({ param: 'customers' });
  expect(await refusal(begin({ months: 0 }))).toMatchObject({ param: 'months' });
  expect(await refusal(look('fill_none'))).toMatchObject({ code: 'resource_missing' });
});

test('a fill whose workflow was lost goes on with the next sweep', async () => {
  const { sql, system } = product;
  const { id } = await begin({ customers: 1, months: 1 });
  await system.temporal.workflow.getHandle(`fill/${id}`).terminate('lost');
  expect((await look(id)).status).toBe('running');
  await continueFills(system.temporal, system.taskQueue, sql);
  expect((await ended(id)).fill).toMatchObject({ status: 'completed', failure: null });
});
