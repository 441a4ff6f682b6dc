/** Copies of customers on test clocks: what is read of the original, and where it is written. `domain/copy` decides what the copy is. */
import { copyCustomer } from '../domain/copy/customer';
import { INVOICE_ACCOUNTS, RUNNING, type BookedEntry, type CopySource, type CopyTarget } from '../domain/copy/source';
import type { RevenueSchedule } from '../domain/core/ledger';
import type { Scope } from '../domain/core/steps';
import type { CreditBalanceTransaction } from '../domain/rows/credit-grant';
import { Rows } from '../domain/rows/rows';
import { createTestClock } from '../domain/test-clock/changes';
import { commit, type CommitInput, type Committed } from './commit';
import type { Sql, TransactionSql } from './connect';
import { loadFacts } from './facts';
import { idSource } from './ids';
import { fromJson, rowsFromJson } from './json-rows';
import { copyUsage } from './metering/copied-usage';

type JsonRow = { row: Record<string, unknown> };

/** One customer that is copied, from one mode or account to a test clock. */
export interface CustomerCopy {
  from: Scope;
  to: Scope;
  customer: string;
  target: Omit<CopyTarget, 'catalogId'>;
}

export type CopyInput = Pick<CommitInput, 'now' | 'registries' | 'render' | 'secret'>;

/** Copies a customer in one transaction, which locks the original while it is read. Repeated, it finds what it did before. */
export async function copyOne(sql: Sql, { from, to, customer, target }: CustomerCopy, input: CopyInput): Promise<Committed> {
  const read: { source: CopySource | null } = { source: null };
  const isSame = from.account === to.account && from.livemode === to.livemode;
  const catalogId = isSame ? null : catalogIds(input.secret, to);
  const place = { workflow: copyWorkflow(target.testClock), commitKey: customer };
  const committed = await commit(sql, { ...input, ...place, scope: to, step: 'copyCustomer', customer }, async (tx) => {
    const source = (read.source = await readSource(tx, from, customer));
    return {
      facts: catalogId ? await readTarget(tx, to, source, catalogId) : new Rows(),
      request: null,
      plan: (changes) => {
        copyCustomer(changes, source, { ...target, catalogId });
      },
    };
  });
  const copy = copiedCustomerId(input.secret, target.testClock, customer);
  if (read.source !== null) await copyUsage(sql, { from, to, source: read.source, customer: copy, catalogId, now: input.now });
  return committed;
}

/** Creates the clock on which copies begin. The clock's own timestamps are real time. */
export function createClockOfCopies(
  sql: Sql,
  { to, clock, frozenTime, name }: { to: Scope; clock: string; frozenTime: number; name: string | null },
  input: CopyInput,
): Promise<Committed> {
  const now = Math.floor(Date.now() / 1000);
  const commitInput = {
    ...input,
    now,
    workflow: copyWorkflow(clock),
    commitKey: 'clock',
    scope: to,
    step: 'createTestClock',
    customer: null,
  };
  return commit(sql, commitInput, () =>
    Promise.resolve({
      facts: new Rows(),
      request: null,
      plan: (changes) => {
        createTestClock(changes, { id: clock, frozenTime, name });
      },
    }),
  );
}

/** The commits of the copies on one clock. */
const copyWorkflow = (testClock: string): string => `copy/${testClock}`;

/** The id of the copy of a customer on a clock: a function of both. */
export const copiedCustomerId = (secret: string, testClock: string, customer: string): string =>
  idSource(secret, copyWorkflow(testClock), customer)('cus', 0);

/** What is copied once into a mode or account has an id that follows from its own. */
export const catalogIds =
  (secret: string, { account, livemode }: Scope): NonNullable<CopyTarget['catalogId']> =>
  (prefix, id) =>
    idSource(secret, `copy/${account}/${livemode ? 'live' : 'test'}`, id)(prefix, 0);

/** Customers with a running subscription, of the caller's: those named, or those of the named subscriptions. */
export async function runningCustomers(
  sql: Sql | TransactionSql,
  { account, livemode }: Scope,
  of: { customers: readonly string[]; subscriptions: readonly string[] },
): Promise<{ customer: string; testClock: string | null; subscriptions: string[] }[]> {
  return sql`
    select s.customer, c.test_clock, array_agg(s.id order by s.seq) as subscriptions
    from subscriptions s join customers c on c.id = s.customer
    where s.account = ${account} and s.livemode = ${livemode} and s.status = any(${[...RUNNING]}) and not s.hidden and not c.deleted
      and (s.customer = any(${[...of.customers]}) or s.id = any(${[...of.subscriptions]}))
    group by 1, 2 order by 1`;
}

/** The subscriptions of customers, oldest first: a copy has its subscriptions in the order of its original's. */
export async function subscriptionsOfCustomers(sql: Sql, customers: string[]): Promise<Map<string, string[]>> {
  const found = await sql<{ customer: string; subscriptions: string[] }[]>`
    select customer, array_agg(id order by seq) as subscriptions from subscriptions where customer = any(${customers}) group by 1`;
  return new Map(found.map(({ customer, subscriptions }) => [customer, subscriptions]));
}

async function readSource(tx: TransactionSql, { account, livemode }: Scope, customer: string): Promise<CopySource> {
  const rows = await loadFacts(tx, { account, customer, spender: customer });
  for (const more of await furtherRoots(tx, rows, customer)) rows.putAll(await loadFacts(tx, { account, customer, ...more }));
  const invoices = rows.all('invoice').map(({ id }) => id);
  for (const invoice of new Set(rows.all('invoiceLineItem').map((line) => line.invoice))) {
    if (!invoices.includes(invoice)) rows.putAll(await loadFacts(tx, { account, customer, invoice }));
  }
  await readMeters(tx, rows);
  const known = rows.all('invoice').map(({ id }) => id);
  const workflows = await tx<CopySource['workflows']>`
    select kind, subject from workflows where customer = ${customer} and account = ${account} and livemode = ${livemode} and ended_at is null`;
  return { rows, ...(await readBooks(tx, known)), workflows: [...workflows] };
}

/** Schedules, and open invoices that no living subscription has. */
async function furtherRoots(tx: TransactionSql, rows: Rows, customer: string) {
  const schedules = await tx<{ id: string; subscription: string | null }[]>`
    select id, subscription from subscription_schedules where customer = ${customer} and status in ('not_started', 'active')`;
  const open = await tx<{ id: string }[]>`
    select id from invoices where customer = ${customer} and status in ('draft', 'open') and not deleted and not hidden`;
  return [
    ...schedules.map(({ id, subscription }) => (subscription === null ? { schedule: id } : { subscription })),
    ...open.filter(({ id }) => !rows.find('invoice', id)).map(({ id }) => ({ invoice: id })),
  ];
}

async function readMeters(tx: TransactionSql, rows: Rows): Promise<void> {
  const meters = [
    ...rows.all('price').map(({ recurring }) => recurring?.meter ?? null),
    ...rows.all('usagePeriod').map(({ meter }) => meter),
  ];
  const found = await tx<JsonRow[]>`select to_jsonb(m) as row from meters m where id = any(${meters.filter((id) => id !== null)})`;
  for (const { row } of found) rows.put('meter', fromJson(row) as never);
}

async function readBooks(
  tx: TransactionSql,
  invoices: string[],
): Promise<Pick<CopySource, 'creditTransactions' | 'entries' | 'schedules'>> {
  const entries = await tx<BookedEntry[]>`
    select invoice, ledger_account, currency, sum(amount)::bigint as amount, tax_rate, sum(taxable_amount)::bigint as taxable_amount, taxability_reason
    from ledger_entries where invoice = any(${invoices})
      and (ledger_account = any(${[...INVOICE_ACCOUNTS]}) or ledger_account like 'tax_payable:%')
    group by invoice, ledger_account, currency, tax_rate, taxability_reason`;
  const schedules = await tx<RevenueSchedule[]>`
    select invoice, invoice_line_item, currency, amount, starts_at, ends_at, counts_from from revenue_schedules where invoice = any(${invoices})`;
  const credits = await tx<JsonRow[]>`select to_jsonb(t) as row from credit_balance_transactions t where invoice = any(${invoices})`;
  return {
    entries: [...entries],
    schedules: [...schedules],
    creditTransactions: credits.map(({ row }) => fromJson(row) as unknown as CreditBalanceTransaction),
  };
}

/** What of the source's catalog is there in the target already, by its id or its name. */
async function readTarget(
  tx: TransactionSql,
  { account, livemode }: Scope,
  { rows }: CopySource,
  catalogId: NonNullable<CopyTarget['catalogId']>,
): Promise<Rows> {
  const ids = (kind: 'meter' | 'price' | 'product' | 'taxRate' | 'taxRegistration' | 'taxSettings', prefix: string): string[] =>
    rows.all(kind).flatMap(({ id }) => [id, catalogId(prefix, id)]);
  const coupons = rows.all('coupon');
  const [found] = await tx<{ facts: Parameters<typeof rowsFromJson>[0] }[]>`
    select json_build_object(
      'price', (select json_agg(t) from prices t where ${owned(tx, account, livemode)} and t.id = any(${ids('price', 'price')})),
      'product', (select json_agg(t) from products t where ${owned(tx, account, livemode)} and t.id = any(${ids('product', 'prod')})),
      'taxRate', (select json_agg(t) from tax_rates t where ${owned(tx, account, livemode)} and t.id = any(${ids('taxRate', 'txr')})),
      'meter', (select json_agg(t) from meters t where ${owned(tx, account, livemode)} and (t.id = any(${ids('meter', 'mtr')})
        or t.event_name = any(${rows.all('meter').map(({ eventName }) => eventName)}))),
      'coupon', (select json_agg(t) from coupons t where ${owned(tx, account, livemode)} and (t.id = any(${coupons.map(({ id }) => id)})
        or t.key = any(${coupons.map(({ key }) => catalogId('coupon', key))}))),
      'taxRegistration', (select json_agg(t) from tax_registrations t where ${owned(tx, account, livemode)}),
      'taxSettings', (select json_agg(t) from tax_settings t where ${owned(tx, account, livemode)})
    ) as facts`;
  return rowsFromJson(found?.facts ?? {});
}

const owned = (tx: TransactionSql, account: string, livemode: boolean) => tx`t.account = ${account} and t.livemode = ${livemode}`;
