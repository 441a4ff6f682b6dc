import type Stripe from 'stripe';
import { balancesAt } from '../../db/ledger/balances';
import type { TransactionSql } from '../../db/connect';
import { keepMonths } from '../../db/ledger/months';
import { customerWith, priceOf, refusal } from '../support/builders';
import { at, startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

interface Row {
  account: string;
  name: string;
  code: string | null;
  currency: string;
  opening_balance: number;
  net_change: number;
  closing_balance: number;
}
interface Entry {
  id: string;
  type: string;
  amount: number;
  balance: number;
  invoice: string | null;
  invoice_line_item: string | null;
  original_period: string | null;
  transaction: string;
}
interface Statement {
  opening_balance: number;
  closing_balance: number;
  has_more: boolean;
  data: Entry[];
  csv?: string;
}
interface Month {
  period: string;
  currency: string;
  recognized: number;
  deferred: number;
  billed: { period: string; amount: number }[];
}

let product: Product;
let stripe: Stripe;
let clock: VirtualClock;
let invoice: string;
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false, country: 'DE' });
  const { latest_invoice } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await priceOf(stripe, 3100) }], default_tax_rates: [vat.id] },
  });
  invoice = latest_invoice as string;
  await clock.to('2026-03-20');
}, 120_000);
afterAll(() => product.stop());

async function balances(query: string): Promise<Record<string, [number, number, number]>> {
  const { rows } = (await product.get(`/v1/ledger/trial_balance?${query}`)) as unknown as { rows: Row[] };
  for (const column of ['opening_balance', 'net_change', 'closing_balance'] as const) {
    expect(rows.reduce((sum, row) => sum + row[column], 0)).toBe(0);
  }
  return Object.fromEntries(rows.map((row) => [row.account, [row.opening_balance, row.net_change, row.closing_balance]]));
}

const statement = async (account: string, query: string): Promise<Statement> =>
  (await product.get(`/v1/ledger/accounts/${account}/statement?currency=usd&${query}`)) as unknown as Statement;

const months = async (from: string, to: string): Promise<Month[]> =>
  ((await product.get(`/v1/ledger/revenue?from=${from}&to=${to}`)) as unknown as { months: Month[] }).months;

test('the trial balance of a month: 31.00 from 15 January are 17.00 in January, and tax is payable to its place', async () => {
  const january = await balances('period=2026-01');
  expect(january).toMatchObject({
    revenue: [0, -1700, -1700],
    deferred_revenue: [0, -1400, -1400],
    'tax_payable:DE': [0, -620, -620],
    processor_fees: [0, 138, 138],
    cash_clearing: [0, 3582, 3582],
  });
  expect((await balances('period=2026-02'))['revenue']).toEqual([-1700, -2950, -4650]);
  const noon = at('2026-01-15T12:00:00Z');
  expect((await balances(`from=${String(at('2026-01-15'))}&to=${String(noon)}`))['revenue']).toEqual([0, -50, -50]);
});

test('a statement names the source of each entry, its running balance, and the line that earns it', async () => {
  const revenue = await statement('revenue', 'period=2026-02');
  expect(revenue).toMatchObject({ opening_balance: -1700, closing_balance: -4650, has_more: false });
  const [first, second] = revenue.data;
  expect(first).toMatchObject({ type: 'revenue_earned', amount: -1400, balance: -3100, invoice, original_period: '2026-01' });
  expect(second).toMatchObject({ type: 'revenue_earned', amount: -1550, balance: -4650 });
  const lines = await stripe.invoices.listLineItems(invoice);
  expect(first?.invoice_line_item).toBe(lines.data[0]?.id);
  const cash = await statement('cash_clearing', 'limit=1');
  expect(cash).toMatchObject({ has_more: true, data: [{ type: 'charge', amount: 3720, balance: 3720 }] });
  const rest = await statement('cash_clearing', `limit=1&starting_after=${cash.data[0]?.id ?? ''}`);
  expect(rest.data).toMatchObject([{ amount: -138, balance: 3582 }]);
  const transaction = await product.get(`/v1/ledger/transactions/${first?.transaction ?? ''}`);
  expect(transaction).toMatchObject({
    object: 'ledger.transaction',
    type: 'invoice_finalized',
    source: invoice,
    cause: { step: 'createSubscription' },
    schedules: [{ amount: 3100, invoice_line_item: first?.invoice_line_item }],
  });
});

test('the waterfall: what each month earns of what was billed when, and what is deferred at its end', async () => {
  expect(await months('2026-01', '2026-04')).toEqual([
    { period: '2026-01', currency: 'usd', recognized: 1700, deferred: 1400, billed: [{ period: '2026-01', amount: 1700 }] },
    {
      ...{ period: '2026-02', currency: 'usd', recognized: 2950, deferred: 1550 },
      billed: [
        { period: '2026-01', amount: 1400 },
        { period: '2026-02', amount: 1550 },
      ],
    },
    {
      ...{ period: '2026-03', currency: 'usd', recognized: 3250, deferred: 1400 },
      billed: [
        { period: '2026-02', amount: 1550 },
        { period: '2026-03', amount: 1700 },
      ],
    },
    { period: '2026-04', currency: 'usd', recognized: 1400, deferred: 0, billed: [{ period: '2026-03', amount: 1400 }] },
  ]);
});

test('accounts have the codes of the general ledger, and reports and journals show them', async () => {
  expect(await product.post('/v1/ledger/accounts/revenue', { code: '4000' })).toMatchObject({ account: 'revenue', code: '4000' });
  await product.post('/v1/ledger/accounts/tax_payable:DE', { code: '3801' });
  const { data } = (await product.get('/v1/ledger/accounts')) as unknown as { data: Row[] };
  expect(data.find(({ account }) => account === 'tax_payable:DE')).toMatchObject({
    name: 'Tax payable: DE',
    code: '3801',
    type: 'liability',
  });
  const { csv } = await product.get('/v1/ledger/trial_balance?period=2026-01&format=csv');
  expect(csv).toContain('revenue,Revenue,4000,usd,0.00,-17.00,-17.00\r\n');
  const journal = await product.get('/v1/ledger/journal?period=2026-01&format=quickbooks');
  expect(journal['csv']).toContain('Dunlin 2026-01 USD,01/31/2026,4000,,17.00,Revenue,,USD\r\n');
  const xero = await product.get('/v1/ledger/journal?period=2026-01&format=xero');
  expect(xero['csv']).toContain('Dunlin 2026-01 USD,31/01/2026,Revenue,4000,Tax Exempt,-17.00\r\n');
  expect((await refusal(product.post('/v1/ledger/accounts/nothing', { code: '1' }))).code).toBe('resource_missing');
  expect(await product.post('/v1/ledger/accounts/revenue', { code: '' })).toMatchObject({ code: null });
});

test.each([
  ['/v1/ledger/trial_balance?period=2026-13', 'period'],
  ['/v1/ledger/trial_balance?period=2026-01&from=5', 'period'],
  ['/v1/ledger/trial_balance?from=5&to=5', 'to'],
  ['/v1/ledger/revenue?from=2026-02&to=2026-01', 'to'],
  ['/v1/ledger/revenue?from=1990-01&to=2026-01', 'to'],
  ['/v1/ledger/accounts/revenue/statement', 'currency'],
])('a report that makes no sense is refused: %s', async (path, param) => {
  expect(await refusal(product.get(path))).toMatchObject({ statusCode: 400, param });
});

describe('a close', () => {
  const closes = async () => ((await product.get('/v1/ledger/closes')) as unknown as { data: { period: string; status: string }[] }).data;

  test('waits for postings that began before it, can be interrupted, and happens once', async () => {
    const before = await balances('period=2026-01');
    let release = (): void => undefined;
    let isPosted = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const posted = new Promise<void>((resolve) => (isPosted = resolve));
    const { account } = product;
    const writing = product.sql.begin(async (tx) => {
      await tx`insert into ledger_transactions (id, account, livemode, created, type, source, workflow, commit_key)
        values ('ltx_late', ${account}, false, ${at('2026-01-20')}, 'test', 'test', 'test', 'test')`;
      await tx`insert into ledger_entries (id, transaction, ledger_account, amount, currency) values
        ('ltx_late/0', 'ltx_late', 'adjustments', 7, 'usd'), ('ltx_late/1', 'ltx_late', 'revenue', -7, 'usd')`;
      isPosted();
      await held;
    });
    await posted;
    expect((await refusal(product.post('/v1/ledger/closes', { period: '2026-01' }))).code).toBe('lock_timeout');
    expect(await closes()).toMatchObject([{ period: '2026-01', status: 'closing' }]);
    release();
    await writing;
    await Promise.all([1, 2, 3].map(() => product.post('/v1/ledger/closes', { period: '2026-01' })));
    expect(await closes()).toMatchObject([{ period: '2026-01', status: 'closed' }]);
    const after = await balances('period=2026-01');
    expect(after['revenue']).toEqual([0, -1707, -1707]);
    expect(after['deferred_revenue']).toEqual(before['deferred_revenue']);
    expect(await product.sql`select ledger_account from ledger_balances group by 1 having count(*) > 1`).toEqual([]);
  }, 60_000);

  test('is the start of later statements, which stay as they were', async () => {
    expect((await balances('period=2026-02'))['revenue']).toEqual([-1707, -2950, -4657]);
    expect((await months('2026-02', '2026-02'))[0]).toMatchObject({ recognized: 2950, deferred: 1550 });
  });

  test('sends what happens in a closed month to the open one, with its original period', async () => {
    await product.post('/v1/ledger/closes', { period: '2026-02' });
    const before = await balances('period=2026-02');
    const late = await startClock(stripe, '2026-01-10');
    const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: late.id });
    const { latest_invoice } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 6200) }] });
    expect(await balances('period=2026-02')).toEqual(before);
    const { data } = await statement('receivable', 'period=2026-03');
    expect(data.find((entry) => entry.invoice === latest_invoice)).toMatchObject({ amount: 6200, original_period: '2026-01' });
    const [march] = await months('2026-03', '2026-03');
    expect(march?.recognized).toBe(3250 + 6200);
  }, 60_000);

  test('of a month that has not ended, or before a closed one, is refused', async () => {
    expect(await refusal(product.post('/v1/ledger/closes', { period: '2099-01' }))).toMatchObject({ statusCode: 400, param: 'period' });
    expect(await refusal(product.post('/v1/ledger/closes', { period: '2025-12' }))).toMatchObject({ statusCode: 400, param: 'period' });
  });
});

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** The transaction, noting the plan of each statement before it runs it. */
function explaining(tx: TransactionSql, plans: Plan[]): TransactionSql {
  const run = async (strings: TemplateStringsArray, ...values: never[]): Promise<unknown> => {
    const explained = ['explain (analyze, format json) ' + (strings[0] ?? ''), ...strings.slice(1)];
    const [row] = await tx(Object.assign(explained, { raw: explained }), ...values);
    plans.push((row as unknown as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
    return tx(strings, ...values);
  };
  return run as unknown as TransactionSql;
}

function readFrom(plan: Plan, table: string): number {
  const own = plan['Relation Name'] === table ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).reduce((total, each) => total + readFrom(each, table), own);
}

const revenueIn = (rows: Awaited<ReturnType<typeof balancesAt>>) => rows.find(({ ledgerAccount }) => ledgerAccount === 'revenue')?.amount;

describe('a month that is over and not closed', () => {
  const entriesOf = (id: string, created: number, amount: number) => (tx: TransactionSql) => tx`
    with t as (
      insert into ledger_transactions (id, account, livemode, created, type, source, workflow, commit_key)
      values (${id}, ${product.account}, true, ${created}, 'test', 'test', 'test', ${id})
    )
    insert into ledger_entries (id, transaction, ledger_account, amount, currency) values
      (${`${id}/0`}, ${id}, 'adjustments', ${amount}, 'usd'), (${`${id}/1`}, ${id}, 'revenue', ${-amount}, 'usd')`;
  const post = (id: string, created: number, amount: number) => product.sql.begin((tx) => entriesOf(id, created, amount)(tx));
  const scope = () => ({ account: product.account, livemode: true });
  /** The revenue before an instant, and how many entries Postgres read for all balances. */
  const read = (instant: number) =>
    product.sql.begin(async (tx) => {
      const rows = await balancesAt(tx, scope(), instant);
      const plans: Plan[] = [];
      await balancesAt(explaining(tx, plans), scope(), instant);
      return { revenue: revenueIn(rows), entries: plans.reduce((total, plan) => total + readFrom(plan, 'ledger_entries'), 0) };
    });
  const months = () => product.sql`select ends_at, is_kept from ledger_months order by ends_at`;

  test('has its balances kept: later statements say the same and read the entries after it only, until something is posted into it', async () => {
    await product.sql`
      with t as (
        insert into ledger_transactions (id, account, livemode, created, type, source, workflow, commit_key)
        select 'ltx_old_' || n, ${product.account}, true, ${at('2026-05-03')} + n, 'test', 'test', 'test', 'old_' || n from generate_series(1, 5000) n
        returning id
      )
      insert into ledger_entries (id, transaction, ledger_account, amount, currency)
      select t.id || '/' || side.account, t.id, side.account, side.amount, 'usd' from t, (values ('adjustments', 1), ('revenue', -1)) side (account, amount)`;
    await product.sql`analyze ledger_transactions, ledger_entries`;
    await post('ltx_new', at('2026-06-03'), 7);
    const before = await read(at('2026-06-05'));
    await keepMonths(product.sql, at('2026-06-01T23:59:59Z'));
    expect(await months()).toEqual([]);
    await keepMonths(product.sql, at('2026-06-02'));
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: true }]);
    const after = await read(at('2026-06-05'));
    expect([before.revenue, after.revenue]).toEqual([-5007, -5007]);
    expect(before.entries).toBeGreaterThanOrEqual(10_000);
    expect(after.entries).toBeLessThan(100);
    await post('ltx_after', at('2026-05-30'), 1);
    expect(await months()).toEqual([]);
    expect((await read(at('2026-06-05'))).revenue).toBe(-5008);
    await keepMonths(product.sql, at('2026-06-05'));
    await post('ltx_newest', at('2026-06-04T12:00:00Z'), 1);
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: true }]);
    expect((await read(at('2026-06-05'))).revenue).toBe(-5009);
  }, 60_000);

  /** Begins a transaction and keeps it open until it is released. */
  async function held(work: (tx: TransactionSql) => Promise<unknown>): Promise<{ release: () => Promise<void> }> {
    let end = (): void => undefined;
    const released = new Promise<void>((resolve) => (end = resolve));
    let begun = (): void => undefined;
    const writing = new Promise<void>((resolve) => (begun = resolve));
    const done = product.sql.begin(async (tx) => {
      await work(tx);
      begun();
      await released;
    });
    await writing;
    return {
      release: async () => {
        end();
        await done;
      },
    };
  }
  const now = at('2026-06-05');
  const monthsAre = (count: number) => until(async () => ((await months()).length === count ? true : null));

  test('is not kept before a transaction that posts into it has ended', async () => {
    await product.sql`delete from ledger_months`;
    const before = (await read(at('2026-06-01'))).revenue ?? 0;
    const slow = await held((tx) => entriesOf('ltx_slow', at('2026-05-20'), 5)(tx));
    const keeping = keepMonths(product.sql, now);
    await monthsAre(1);
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: false }]);
    await Promise.all([slow.release(), keeping]);
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: true }]);
    expect((await read(at('2026-06-01'))).revenue).toBe(before - 5);
  }, 60_000);

  test('that is forgotten and begun again by another worker waits for what was posted in between', async () => {
    await product.sql`delete from ledger_months`;
    const before = (await read(at('2026-06-01'))).revenue ?? 0;
    const earlier = await held((tx) => tx`select pg_current_xact_id()::text`);
    const first = keepMonths(product.sql, now);
    await monthsAre(1);
    await post('ltx_forgets', at('2026-05-31T23:59:59Z'), 1);
    await monthsAre(0);
    const between = await held((tx) => entriesOf('ltx_between', at('2026-05-20'), 3)(tx));
    const second = keepMonths(product.sql, now);
    await monthsAre(1);
    await earlier.release();
    await first;
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: false }]);
    await between.release();
    await second;
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: true }]);
    expect((await read(at('2026-06-01'))).revenue).toBe(before - 4);
  }, 60_000);

  test('counts what is posted in its last second, and not what is posted at its end', async () => {
    await product.sql`delete from ledger_months`;
    const before = (await read(at('2026-06-01'))).revenue ?? 0;
    await keepMonths(product.sql, now);
    await post('ltx_at_end', at('2026-06-01'), 11);
    expect(await months()).toEqual([{ endsAt: at('2026-06-01'), isKept: true }]);
    expect((await read(at('2026-06-01'))).revenue).toBe(before);
    await Promise.all([post('ltx_last', at('2026-05-31T23:59:59Z'), 13), post('ltx_last_too', at('2026-05-31T23:59:59Z'), 17)]);
    expect(await months()).toEqual([]);
    expect((await read(at('2026-06-01'))).revenue).toBe(before - 30);
    await keepMonths(product.sql, now);
    expect((await read(at('2026-06-01'))).revenue).toBe(before - 30);
  }, 60_000);
});
