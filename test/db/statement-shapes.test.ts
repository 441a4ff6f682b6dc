import { createAccount } from '../../db/accounts';
import { connect, type Sql } from '../../db/connect';
import { loadEvents, listEvents } from '../../db/webhooks/events';
import { loadFacts, type FactsOf } from '../../db/facts';
import { listRows } from '../../db/lists';
import { searchRows } from '../../db/search';
import { StatementShapes } from '../../db/statement-shapes';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let sql: Sql;
let scope: { account: string; livemode: boolean };

beforeAll(async () => {
  database = await createDatabase();
  sql = connect(database.url, { max: 1 });
  const { account } = await createAccount(database.sql, { name: 'Tests' });
  scope = { account, livemode: false };
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

async function prepared(part: string): Promise<number> {
  const rows =
    await sql`select 1 from pg_prepared_statements where position(${part} in statement) > 0 and statement not like '%pg_prepared%'`;
  return rows.length;
}

test('the steps of a subscription, its invoices, payments, refunds and disputes share the statements that read facts', async () => {
  const asks: Omit<FactsOf, 'account'>[] = [
    { subscription: 's' },
    { subscription: 's', invoice: 'i' },
    { invoice: 'i' },
    { intent: 'p' },
    { intent: 'p', paymentMethod: 'm' },
    { refund: 'r' },
    { refund: 'r', charge: 'c' },
    { dispute: 'd' },
    { dispute: 'd', charge: 'c' },
  ];
  for (const of of asks)
    for (const customer of [null, 'cus']) {
      await sql.begin((tx) => loadFacts(tx, { account: scope.account, customer, ...of }));
    }
  expect([await prepared('credit_grants'), await prepared("'invoicePayment'"), await prepared('payment_attempts')]).toEqual([1, 1, 1]);
});

test('two dozen different searches and filters leave no prepared statement, and a list of event types only one', async () => {
  const customer = (name: string) => ({ field: name, key: null, operator: ':' as const, value: { type: 'text' as const, text: 'x' } });
  for (let terms = 1; terms <= 20; terms += 1) {
    const query = { terms: Array.from({ length: terms }, () => ({ ...customer('email'), negated: terms % 2 === 0 })), any: false };
    await searchRows(sql, 'customer', scope, { query, after: null, limit: 10 });
    await listEvents(sql, scope, { types: Array.from({ length: terms }, (_, n) => `customer.${String(n)}*`), cursor: null, limit: 10 });
  }
  for (const bound of ['gt', 'gte', 'lt', 'lte'] as const) {
    const filters = [
      { column: 'created', range: { [bound]: 1 } },
      { column: 'email', equals: 'x' },
    ];
    await listRows(sql, 'customer', scope, { filters, cursor: null, limit: 10 });
  }
  expect(await prepared('from "customers"')).toBe(0);
  expect(await prepared('from "events"')).toBe(1);
});

test('a connection keeps a dozen prepared commits, the most frequent ones first', () => {
  const shapes = new StatementShapes();
  const write = (text: string, times: number) => Array.from({ length: times }, () => shapes.isWorthKeeping(text)).at(-1);
  expect(Array.from({ length: 2_000 }, (_, n) => write(`seldom ${String(n)}`, 1)).filter(Boolean)).toEqual([]);
  expect(Array.from({ length: 100 }, (_, n) => write(`often ${String(n)}`, 10)).filter(Boolean)).toHaveLength(12);
  expect([write('often 0', 1), write('often 99', 10)]).toEqual([true, false]);
});

test('events are found by their whole type or by its beginning', async () => {
  const write = (id: string, type: string) => database.sql`
    insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
    values (${id}, ${scope.account}, false, 1, ${type}, '', ${id}, '{}', '', 'w', ${id})`;
  await write('evt_1', 'invoice.paid');
  await write('evt_2', 'invoice.created');
  await write('evt_3', 'charge.succeeded');
  const found = async (types: string[]) => (await listEvents(sql, scope, { types, cursor: null, limit: 10 }))?.keys;
  expect(await found(['invoice.*'])).toEqual(['evt_2', 'evt_1']);
  expect(await found(['invoice.paid', 'charge.*'])).toEqual(['evt_3', 'evt_1']);
  expect(await found(['invoice'])).toEqual([]);
  const [event] = await loadEvents(sql, scope, ['evt_1']);
  expect(Object.keys(event ?? {})).not.toContain('recorded');
});
