import Stripe from 'stripe';
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
  const overview = (await browser.look('/console')).html;
  expect(overview).not.toContain('Your sandbox is empty');
  expect(overview).toMatch(new RegExp(`<a href="/console\\?clock=${clock.id}" aria-current="page">`));
  expect((await browser.look('/console/customers')).html).toContain('Who lives on a test clock is shown if you choose the clock');
  expect((await browser.look('/console/reports/mrr')).html).toContain(`<option value="${clock.id}" selected="">`);
  expect((await browser.look(`/console/fills/${id}`)).html).toContain(`/console/test-clocks/${clock.id}`);
  expect(await keysInUse()).toEqual([]);

  const charges = await stripe.charges.list({ limit: 100 });
  const paid = charges.data.find((each) => each.paid && each.currency === 'usd' && each.amount > 1000 && each.amount_refunded === 0);
  await stripe.refunds.create({ charge: paid?.id ?? '', amount: 500 });
  const answers = remembered();
  expect(await wrongIn(answers, clock.id)).toEqual([]);
  for (const [fault, { path, change, found }] of Object.entries(faultsOf(clock.frozen_time))) {
    const wrong = await wrongIn(changing(answers, path, change), clock.id);
    expect([fault, found.filter((name) => !wrong.some((each) => each.startsWith(name)))]).toEqual([fault, []]);
  }
}, 300_000);

const addressOf = (url: Parameters<typeof fetch>[0]): string => (url instanceof Request ? url.url : url.toString());

/** Answers of the API, each asked for once. */
function remembered(): typeof fetch {
  const known = new Map<string, string>();
  return async (url, init) => {
    const text = known.get(addressOf(url)) ?? (await (await fetch(url, init)).text());
    known.set(addressOf(url), text);
    return new Response(text, { headers: { 'content-type': 'application/json' } });
  };
}

/** The same answers, but for those of one path, which are changed by one unit somewhere. */
const changing =
  (answers: typeof fetch, path: RegExp, change: (body: Body) => void): typeof fetch =>
  async (url, init) => {
    const response = await answers(url, init);
    if (!path.test(addressOf(url))) return response;
    const body = (await response.json()) as Body;
    change(body);
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  };

async function wrongIn(answers: typeof fetch, clock: string): Promise<string[]> {
  const { hostname, port } = new URL(product.url);
  const httpClient = Stripe.createFetchHttpClient(answers);
  const stripe = new Stripe(product.system.keys.test, { host: hostname, port, protocol: 'http', telemetry: false, httpClient });
  return wrongOf(await checkFigures(stripe, clock)).map(({ name }) => name);
}

type Row = Record<string, number> & { account: string; currency?: string; status: string; total_taxes: { amount: number }[] };
type Body = Record<string, unknown> & Partial<Record<'cohorts' | 'data' | 'months' | 'periods' | 'rows' | 'totals', Row[]>>;

const add = (row: Row | undefined, name: string): void => {
  if (row) row[name] = Number(row[name]) + 1;
};

/** One figure each that is too high by one, and the figures that show it. */
function faultsOf(now: number): Record<string, { path: RegExp; change: (body: Body) => void; found: string[] }> {
  const month = new Date((now - 1) * 1000).toISOString().slice(0, 7);
  const of = (path: RegExp, change: (body: Body) => void, ...found: string[]) => ({ path, change, found });
  const first = (name: 'cohorts' | 'data' | 'months' | 'periods' | 'rows' | 'totals', property: string) => (body: Body) => {
    add(
      body[name]?.find((row) => (row[property] ?? 0) !== 0 && (row.currency ?? 'usd') === 'usd'),
      property,
    );
  };
  const inAccount = (account: string, property: string) => (body: Body) => {
    for (const row of body.rows ?? []) if (row.account === account) add(row, property);
  };
  return {
    'a movement': of(/mrr_movements.*currency=usd/, first('data', 'amount'), 'usd: movements'),
    'a month of recurring revenue': of(/insight\/mrr\?.*currency=usd/, first('periods', 'closing_mrr'), 'usd: recurring revenue of'),
    'a cohort': of(/cohorts.*currency=usd/, first('cohorts', 'customers'), 'usd: cohort'),
    'the lifetime value': of(/insight\/summary.*currency=usd/, (body) => (body['lifetime_value'] = -1), 'usd: summary'),
    "an invoice's tax": of(
      /v1\/invoices\?/,
      ({ data = [] }) => {
        add(data.find((row) => row.currency === 'eur' && row.status !== 'draft')?.total_taxes[0] as Row | undefined, 'amount');
      },
      'eur: tax',
      'eur: billed',
    ),
    'a refund': of(/v1\/refunds\?/, first('data', 'amount'), 'usd: refunds'),
    "a month's cash": of(new RegExp(`trial_balance.*to=${String(now)}`), inAccount('cash_clearing', 'net_change'), `usd: cash of ${month}`),
    'the cash': of(/trial_balance\?from=0/, inAccount('cash_clearing', 'closing_balance'), 'usd: cash at the processor'),
    'what is owed': of(/trial_balance\?from=0/, inAccount('receivable', 'closing_balance'), 'usd: owed by customers'),
    'what was earned': of(/ledger\/revenue/, first('months', 'recognized'), 'usd: revenue recognized in'),
    'a margin': of(/margins.*currency=usd/, first('data', 'revenue'), 'usd: margin of'),
    'a recovery': of(
      /recovery_report/,
      ({ totals = [] }) => {
        for (const row of totals) add(row, 'invoices');
        if (totals.length === 0) totals.push({ currency: 'usd', invoices: 1 } as unknown as Row);
      },
      'usd: recovery',
    ),
    'what a meter has counted': of(/event_summaries/, first('data', 'aggregated_value'), 'usage of'),
  };
}

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
