import { Registry } from 'prom-client';
import { createAccount } from '../../db/accounts';
import { bookFigures } from '../../db/figures';
import { SideConnection } from '../../db/side-connection';
import { BOOKS, registerBooks } from '../../observability/books';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let side: SideConnection;
let account: string;
let now: number;

beforeAll(async () => {
  database = await createDatabase();
  side = new SideConnection(database.url, 'dunlin-test-figures', 2_000);
  account = (await createAccount(database.sql, { name: 'Tests' })).account;
  now = Math.floor(Date.now() / 1000);
});
afterAll(async () => {
  await side.close();
  await database.drop();
});

/** What `/metrics` shows of the books, by a fresh registry, since figures are remembered for a while. */
async function shown(): Promise<string> {
  const registry = new Registry();
  await registerBooks(registry, bookFigures(side))();
  return registry.metrics();
}

const valueOf = (text: string, series: string): number => {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? NaN : Number(line.slice(series.length + 1));
};

async function workflow(id: string, of: { due: number; clock?: string; ended?: boolean }): Promise<void> {
  await database.sql`
    insert into workflows (id, kind, subject, account, livemode, test_clock, status, next_due, started_at, ended_at)
    values (${`subscription/${id}`}, 'subscription', ${id}, ${account}, false, ${of.clock ?? null}, 'active', ${of.due}, ${now},
      ${of.ended ? now : null})`;
}

async function hold(id: string, since: number, reason: string): Promise<void> {
  await database.sql`
    insert into held (id, workflow, kind, subject, account, livemode, created, step, commit_key, reason, error, app_version, look_again_at)
    values (${`held_${id}`}, ${`subscription/${id}`}, 'subscription', ${id}, ${account}, false, ${since}, 'renewSubscription', 'commit_key',
      ${reason}, '{}', '0.1.0', ${now + 3600})`;
}

async function clock(id: string, of: { status: string; progressAt?: number }): Promise<void> {
  await database.sql`
    insert into test_clocks (id, account, livemode, created, frozen_time, target_time, status, status_details, deletes_after)
    values (${id}, ${account}, false, ${now}, ${now}, ${now}, ${of.status}, jsonb_build_object('progress_at', ${of.progressAt ?? null}::float8), ${now + 86_400})`;
}

test('an empty database has no ages and no counts, and every figure can be read', async () => {
  await database.sql`create table meter_events_of_a_day partition of meter_events for values from (0) to (86400)`;
  const text = await shown();
  for (const gauges of Object.values(BOOKS)) for (const name of Object.keys(gauges)) expect(text).toContain(`# TYPE dunlin_${name} gauge`);
  expect(text).not.toMatch(/dunlin_books_unreadable\{[^}]*\} 1/);
  expect(valueOf(text, 'dunlin_overdue_oldest_seconds')).toBe(0);
  expect(valueOf(text, 'dunlin_held_oldest_seconds')).toBe(0);
  expect(valueOf(text, 'dunlin_table_bytes{table="meter_events"}')).toBeGreaterThan(0);
  expect(text).not.toContain('meter_events_of_a_day');
});

test('the age of the queue is that of the entity that is due longest, without held ones', async () => {
  await clock('clock_ready', { status: 'ready' });
  await clock('clock_advancing', { status: 'advancing', progressAt: now - 10 });
  await clock('clock_still', { status: 'advancing', progressAt: now - 300 });
  await workflow('sub_due', { due: now - 120 });
  await workflow('sub_later', { due: now + 3600 });
  await workflow('sub_ended', { due: now - 9_000, ended: true });
  await workflow('sub_held', { due: now - 5_000 });
  await workflow('sub_on_clock', { due: now - 60, clock: 'clock_ready' });
  await workflow('sub_on_its_way', { due: now - 60, clock: 'clock_advancing' });
  await hold('sub_held', now - 4_000, 'failed');
  await hold('sub_gone', now - 100, 'stuck');
  await workflow('sub_released', { due: now - 30 });
  await hold('sub_released', now - 9_000, 'failed');
  await database.sql`update held set released_at = ${now} where id = 'held_sub_released'`;

  const text = await shown();
  expect(valueOf(text, 'dunlin_overdue_workflows{time="real"}')).toBe(2);
  expect(valueOf(text, 'dunlin_overdue_workflows{time="clock"}')).toBe(1);
  expect(valueOf(text, 'dunlin_overdue_oldest_seconds')).toBeGreaterThanOrEqual(120);
  expect(valueOf(text, 'dunlin_overdue_oldest_seconds')).toBeLessThan(300);
  expect(valueOf(text, 'dunlin_held_entities{kind="subscription",reason="failed"}')).toBe(1);
  expect(valueOf(text, 'dunlin_held_entities{kind="subscription",reason="stuck"}')).toBe(1);
  expect(valueOf(text, 'dunlin_held_oldest_seconds')).toBeGreaterThanOrEqual(4_000);
  expect(valueOf(text, 'dunlin_held_oldest_seconds')).toBeLessThan(9_000);
  expect(valueOf(text, 'dunlin_test_clocks_advancing')).toBe(2);
  expect(valueOf(text, 'dunlin_test_clocks_standing_still')).toBe(1);
});

test('a charge with a lost answer, a delivery that was not made and a request without an answer are shown with their age', async () => {
  const { sql } = database;
  await sql`
    insert into payment_attempts (id, account, livemode, created, intent, workflow, number, kind, status, amount, currency, payment_method,
      fingerprint, gateway, off_session)
    values ('pa_1', ${account}, true, ${now - 900}, 'pi_1', 'payment/pi_1', 1, 'charge', 'unknown', 1900, 'usd', 'pm_1', 'f', 'sandbox', true)`;
  await sql`
    insert into webhook_endpoints ${sql({ ...(await endpointRow()) })}`;
  await sql`
    insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
    values ('evt_1', ${account}, false, ${now}, 'invoice.paid', 'v', 'in_1', '{}', 'sub_1', 'w', 'c')`;
  await sql`
    insert into deliveries (id, account, endpoint, event, order_key, status, next_attempt_at, recorded)
    select d.id, ${account}, 'we_1', e.id, e.order_key, 'pending', now() + d.due, e.recorded
    from events e, (values ('d_1', interval '-10 minutes'), ('d_2', interval '10 minutes')) d (id, due) where e.id = 'evt_1'`;
  await sql`
    insert into requests (id, account, livemode, method, path, hash, parameters, created, held_until, status)
    values ('req_1', ${account}, false, 'POST', '/', 'h', '{}', ${now - 60}, now() - interval '30 seconds', null),
      ('req_2', ${account}, false, 'POST', '/', 'h', '{}', ${now - 60}, now() + interval '30 seconds', null),
      ('req_3', ${account}, false, 'POST', '/', 'h', '{}', ${now - 60}, null, 200)`;

  const text = await shown();
  expect(valueOf(text, 'dunlin_payment_attempts_open{status="unknown"}')).toBe(1);
  expect(valueOf(text, 'dunlin_payment_attempts_unknown_oldest_seconds{livemode="true"}')).toBeGreaterThanOrEqual(900);
  expect(valueOf(text, 'dunlin_webhook_deliveries_pending')).toBe(1);
  expect(valueOf(text, 'dunlin_webhook_delivery_lag_seconds')).toBeGreaterThanOrEqual(600);
  expect(valueOf(text, 'dunlin_requests_unfinished')).toBe(1);
  expect(valueOf(text, 'dunlin_events_written')).toBe(1);
  expect(valueOf(text, 'dunlin_deliveries_written')).toBe(2);
});

/** An endpoint with something in every column that must not be null. */
async function endpointRow(): Promise<Record<string, unknown>> {
  const columns = await database.sql<{ name: string; type: string }[]>`
    select column_name as name, udt_name as type from information_schema.columns
    where table_name = 'webhook_endpoints' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'`;
  const blank: Record<string, unknown> = { text: 'x', int8: now, bool: false, jsonb: [], _text: [] };
  const row = Object.fromEntries(columns.map(({ name, type }) => [name, blank[type]]));
  return { ...row, id: 'we_1', account };
}

test('however many readers there are, each statement runs once per interval', async () => {
  let reads = 0;
  const loaders = bookFigures(side);
  const registry = new Registry();
  const refresh = registerBooks(registry, { ...loaders, held: () => ((reads += 1), loaders.held()) });
  await Promise.all(Array.from({ length: 20 }, () => refresh()));
  await refresh();
  expect(reads).toBe(1);
});

test('a statement that takes too long is ended at Postgres, and the other figures are shown', async () => {
  const loaders = bookFigures(side);
  const hurried = new SideConnection(database.url, 'dunlin-test-hurried', 300);
  const registry = new Registry();
  await registerBooks(registry, {
    ...loaders,
    held: () => hurried.read((sql) => sql`select pg_sleep(20)` as never),
  })();
  const text = await registry.metrics();
  expect(text).toContain('dunlin_books_unreadable{books="held"} 1');
  expect(text).toContain('dunlin_books_unreadable{books="overdue"} 0');
  const sleeping = () => database.sql`
    select 1 from pg_stat_activity where application_name = 'dunlin-test-hurried' and state = 'active'`;
  for (let tries = 0; (await sleeping()).length > 0 && tries < 40; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await sleeping()).toHaveLength(0);
  await hurried.close();
});
