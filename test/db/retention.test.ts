import { createAccount } from '../../db/accounts';
import { prunePortion } from '../../db/housekeeping';
import { KEPT_FOR_EVER } from '../../db/kept-for-ever';
import { KEEP_DEFAULT, PORTION, RETENTION, type Keep, type Retention } from '../../db/retention';
import { findRequest } from '../../db/step-requests';
import { keepHouse } from '../../worker/housekeeping';
import { createDatabase, sessionsThatWait, type TestDatabase } from '../support/stack';
import { until } from '../support/system';

let database: TestDatabase;
let account: string;
const warnings: string[] = [];

beforeEach(async () => {
  database = await createDatabase();
  ({ account } = await createAccount(database.sql, { name: 'Tests' }));
  warnings.splice(0);
});

afterEach(async () => {
  expect(warnings).toEqual([]);
  await database.drop();
});

const logger = {
  warn: (message: string, meta?: object) => void warnings.push(`${message} ${String((meta as { error?: unknown }).error)}`),
};
const tidy = (keep: Partial<Keep> = {}) =>
  keepHouse({
    sql: database.sql,
    keep: { ...KEEP_DEFAULT, ...keep },
    logger,
    watchThresholds: () => Promise.resolve(),
  });

/** A request of so many days ago: answered so many days ago, or never. */
async function request(id: string, params: number, answered: number | null): Promise<void> {
  await database.sql`
    insert into requests (id, account, livemode, method, path, hash, parameters, created, status, finished_at)
    values (${id}, ${account}, false, 'POST', '/v1/subscriptions', '', '{}', extract(epoch from now() - make_interval(days => ${params}))::bigint,
      ${answered === null ? null : 200}, now() - make_interval(days => ${answered}))`;
}

async function commit(workflow: string, commitKey: string, days: number): Promise<void> {
  await database.sql`
    insert into commits (workflow, commit_key, account, step, at, recorded)
    values (${workflow}, ${commitKey}, ${account}, 'step', 0, now() - make_interval(days => ${days}))`;
}

/** A workflow that was last moved so many days ago. */
async function workflow(id: string, days: number, ended: boolean): Promise<void> {
  await database.sql`
    insert into workflows (id, kind, subject, account, livemode, status, started_at, ended_at, moved_at)
    values (${id}, ${id.split('/')[0] ?? ''}, ${id}, ${account}, false, 'x', 0, ${ended ? 1 : null}, now() - make_interval(days => ${days}))`;
}

async function prepare(daysAgo: number): Promise<void> {
  await database.sql`
    select add_event_partition(parent, now() - make_interval(days => ${daysAgo}))
    from unnest(array['events', 'deliveries', 'delivery_attempts']) parent`;
}

/** An event of so many days ago, in the partition of its week, with a delivery and an attempt at it. */
async function event(id: string, days: number, delivery: 'pending' | 'delivered'): Promise<void> {
  await prepare(days);
  await eventWithoutPartition(id, days, delivery);
}

async function eventWithoutPartition(id: string, days: number, delivery: 'pending' | 'delivered'): Promise<void> {
  const { sql } = database;
  await sql`
    insert into webhook_endpoints (id, account, livemode, created, url, enabled_events, status, secrets)
    values ('we_1', ${account}, false, 0, 'https://example.com', '{*}', 'enabled', '[]') on conflict do nothing`;
  await sql`
    with ev as (
      insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key, recorded)
      values (${id}, ${account}, false, 0, 'customer.created', '', ${id}, '{}', '', 'api', ${id}, now() - make_interval(days => ${days}))
      returning id, recorded),
    d as (insert into deliveries (id, account, endpoint, event, order_key, status, recorded)
      select id || '/we_1', ${account}, 'we_1', id, '', ${delivery}, recorded from ev)
    insert into delivery_attempts (id, delivery, at, duration_milliseconds, recorded)
    select id || '/we_1/1', id || '/we_1', now(), 1, recorded from ev`;
}

function lineOf(wanted: string): Retention {
  const line = RETENTION.find(({ kind }) => kind === wanted);
  if (!line) throw new Error(`nothing says how long ${wanted} are kept`);
  return line;
}

async function keysOf(table: string, key = 'id'): Promise<string[]> {
  const rows = await database.sql<{ key: string }[]>`select ${database.sql(key)} as key from ${database.sql(table)} order by 1`;
  return rows.map((row) => row.key);
}

test('every table is pruned, or has a reason to be kept for ever', async () => {
  const { sql } = database;
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
      and not (c.relispartition and c.relname ~ '[0-9]$') order by 1`;
  const pruned = new Set(RETENTION.flatMap(({ tables }) => tables));
  const kept = Object.keys(KEPT_FOR_EVER);
  expect([...pruned].filter((table) => kept.includes(table))).toEqual([]);
  expect(rows.map(({ name }) => name)).toEqual([...pruned, ...kept].sort());
});

test('an answered request is kept for two days after its answer, one that may still be carried out for thirty days', async () => {
  await request('req_answered_old', 3, 3);
  await request('req_answered_late', 29, 1);
  await request('req_unanswered', 29, null);
  await request('req_unanswered_old', 31, null);
  await tidy();
  expect(await keysOf('requests')).toEqual(['req_answered_late', 'req_unanswered']);
});

test('a request that a server is working on again is not removed', async () => {
  await request('req_1', 31, null);
  await database.sql`update requests set held_until = now() + interval '15 seconds'`;
  await tidy();
  expect(await keysOf('requests')).toEqual(['req_1']);
});

test('a request that was removed is not found', async () => {
  expect(await findRequest(database.sql, 'req_gone')).toBeNull();
});

test('a week of events is dropped with its deliveries and attempts when all of it is old enough', async () => {
  await event('evt_old', 38, 'delivered');
  await event('evt_young', 29, 'delivered');
  await tidy();
  expect([await keysOf('events'), await keysOf('deliveries'), await keysOf('delivery_attempts')]).toEqual([
    ['evt_young'],
    ['evt_young/we_1'],
    ['evt_young/we_1/1'],
  ]);
});

test('a week with a pending delivery stays; an older or younger week without one is dropped', async () => {
  await event('evt_1', 59, 'delivered');
  await event('evt_2', 52, 'pending');
  await event('evt_3', 45, 'delivered');
  await tidy();
  expect(await keysOf('events')).toEqual(['evt_2']);
  await database.sql`update deliveries set status = 'failed'`;
  await tidy();
  expect(await keysOf('events')).toEqual([]);
});

test('operators choose how long events are kept', async () => {
  await event('evt_1', 38, 'delivered');
  await tidy({ eventDays: 60 });
  expect(await keysOf('events')).toEqual(['evt_1']);
  await tidy({ eventDays: 7 });
  expect(await keysOf('events')).toEqual([]);
});

test('an event can be written in a week without a partition, and is removed when it is old and delivered', async () => {
  await eventWithoutPartition('evt_old', 38, 'delivered');
  await eventWithoutPartition('evt_pending', 38, 'pending');
  await eventWithoutPartition('evt_young', 29, 'delivered');
  expect(await keysOf('events_other')).toEqual(['evt_old', 'evt_pending', 'evt_young']);
  await tidy();
  expect([await keysOf('events'), await keysOf('deliveries'), await keysOf('delivery_attempts')]).toEqual([
    ['evt_pending', 'evt_young'],
    ['evt_pending/we_1', 'evt_young/we_1'],
    ['evt_pending/we_1/1', 'evt_young/we_1/1'],
  ]);
});

test('the worker creates partitions ahead, so that events of the next month have theirs', async () => {
  const { sql } = database;
  const partitions = () =>
    sql<{ name: string }[]>`select relname as name from pg_class where relname ~ '^events_[0-9]+w[0-9]+$' order by 1`;
  const five = await partitions();
  await sql.unsafe(five.map(({ name }) => `drop table ${name}, ${name.replace('events', 'deliveries')}`).join('; '));
  await sql.unsafe(five.map(({ name }) => `drop table ${name.replace('events', 'delivery_attempts')}`).join('; '));
  await tidy();
  expect([five.length, await partitions()]).toEqual([5, five]);
});

test('an event is written once per object, type and commit key', async () => {
  await event('evt_1', 0, 'delivered');
  await expect(database.sql`
    insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
    select 'evt_2', account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key from events`).rejects.toThrow(
    'duplicate key',
  );
  await expect(database.sql`
    insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
    select id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, 'other' from events`).rejects.toThrow(
    'duplicate key',
  );
});

test('an ended workflow keeps its timeline for 90 days, a running one for 400', async () => {
  await workflow('subscription/ended_long_ago', 91, true);
  await workflow('subscription/ended', 89, true);
  await workflow('subscription/running', 380, false);
  await workflow('invoice/may_begin_anew', 91, true);
  await commit('subscription/ended_long_ago', 'a', 91);
  await commit('subscription/ended', 'a', 399);
  await commit('subscription/running', 'a', 401);
  await commit('subscription/running', 'b', 399);
  await commit('api/cus_1', 'a', 401);
  await commit('api/cus_1', 'b', 399);
  await commit('invoice/may_begin_anew', 'a', 399);
  await tidy();
  expect(await keysOf('workflows')).toEqual(['invoice/may_begin_anew', 'subscription/ended', 'subscription/running']);
  const left = await database.sql`select workflow, commit_key from commits order by 1, 2`;
  expect(left.map((row) => `${String(row['workflow'])} ${String(row['commitKey'])}`)).toEqual([
    'api/cus_1 b',
    'invoice/may_begin_anew a',
    'subscription/ended a',
    'subscription/running b',
  ]);
});

test('an ended workflow with more commits than one portion is removed completely', async () => {
  await workflow('subscription/long', 91, true);
  await database.sql`
    insert into commits (workflow, commit_key, account, step, at)
    select 'subscription/long', n::text, ${account}, 'step', 0 from generate_series(1, ${2 * PORTION + 1}::integer) n`;
  await tidy();
  expect([await keysOf('commits', 'commit_key'), await keysOf('workflows')]).toEqual([[], []]);
});

test('a hold is removed after its workflow has ended, and stays while it runs', async () => {
  await workflow('subscription/ended', 1, true);
  await workflow('subscription/running', 1, false);
  await workflow('subscription/held_after_its_end', 1, true);
  for (const id of ['ended', 'running', 'held_after_its_end'])
    await database.sql`
      insert into held (id, workflow, kind, subject, account, livemode, created, step, commit_key, reason, error, app_version, look_again_at)
      values (${id}, ${`subscription/${id}`}, 'subscription', ${id}, ${account}, false, 0, 'step', 'commit_key', 'failed', '{}', '', 0)`;
  await database.sql`update held set created = extract(epoch from now())::bigint where id = 'held_after_its_end'`;
  await tidy();
  expect(await keysOf('held')).toEqual(['held_after_its_end', 'running']);
});

test('the sandbox’s memory is kept for 400 days', async () => {
  await database.sql`
    insert into sandbox_operations (key, kind, answer, created) values
    ('old', 'charge', '{}', now() - interval '401 days'), ('young', 'charge', '{}', now() - interval '399 days')`;
  await tidy();
  expect(await keysOf('sandbox_operations', 'key')).toEqual(['young']);
});

test('what agents have moved is kept for two days', async () => {
  const of = (call: string, days: number) => ({
    ...{
      account,
      livemode: false,
      key_id: 'key_1',
      call,
      currency: 'usd',
      amount: 1,
      created: Math.floor(Date.now() / 1000) - days * 86_400,
    },
  });
  await database.sql`insert into agent_amounts ${database.sql([of('old', 3), of('young', 1)])}`;
  await tidy();
  expect(await keysOf('agent_amounts', 'call')).toEqual(['young']);
});

test('the books stay, however old they are', async () => {
  const { sql } = database;
  await sql`
    insert into ledger_transactions (id, account, livemode, created, type, source, workflow, commit_key)
    values ('ltx_1', ${account}, false, 0, 'x', 'x', 'x', 'x')`;
  await sql`insert into ledger_entries (id, transaction, ledger_account, amount, currency) values
    ('ltx_1/0', 'ltx_1', 'a', 1, 'usd'), ('ltx_1/1', 'ltx_1', 'b', -1, 'usd')`;
  await sql`
    insert into customers (id, account, livemode, created, invoice_prefix, invoice_settings, deleted)
    values ('cus_1', ${account}, false, 0, 'A', '{}', true)`;
  await tidy({ eventDays: 7, meterEventDays: 40 });
  expect([
    await keysOf('ledger_transactions'),
    await keysOf('ledger_entries'),
    await keysOf('customers'),
    await keysOf('accounts'),
  ]).toEqual([['ltx_1'], ['ltx_1/0', 'ltx_1/1'], ['cus_1'], [account]]);
});

describe('large tables', () => {
  const MANY = 50_000;
  const fill = async (): Promise<void> => {
    await database.sql`
      insert into requests (id, account, livemode, method, path, hash, parameters, created, status, finished_at)
      select 'req_' || n, ${account}, false, 'POST', '/', '', '{}', 0, 200, now() - interval '3 days' - n * interval '1 second'
      from generate_series(1, ${MANY}::integer) n`;
    await prepare(45);
    await database.sql`
      insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key, recorded)
      select 'evt_' || n, ${account}, false, 0, 't', '', 'o', '{}', '', 'w', n::text, now() - interval '45 days'
      from generate_series(1, ${MANY}::integer) n`;
  };

  test('one round removes all old rows: requests in bounded portions, events at once', async () => {
    await fill();
    await request('req_young', 0, 0);
    await event('evt_young', 0, 'delivered');
    await tidy();
    expect([await keysOf('requests'), await keysOf('events')]).toEqual([['req_young'], ['evt_young']]);
  });

  test('no transaction removes more than a portion, and none begins while another process is pruning', async () => {
    await fill();
    const answered = lineOf('answered requests');
    let portions = 0;
    for (let left = MANY; left > 0; portions += 1) {
      const outcome = await prunePortion(database.sql, answered, KEEP_DEFAULT);
      const now = (await keysOf('requests')).length;
      expect([outcome, left - now]).toEqual(['more', Math.min(PORTION, left)]);
      left = now;
    }
    expect([portions, await prunePortion(database.sql, answered, KEEP_DEFAULT)]).toEqual([MANY / PORTION, 'done']);
    const inTurn = await database.sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(7341003)`;
      return prunePortion(database.sql, answered, KEEP_DEFAULT);
    });
    expect(inTurn).toBe('busy');
  });
});

describe('dropping a week of events while writers run', () => {
  const events = lineOf('events and their deliveries');
  const dropOne = () => prunePortion(database.sql, events, KEEP_DEFAULT);

  test('drops one table per transaction, and locks no table of the books', async () => {
    await event('evt_1', 38, 'delivered');
    const locked = await database.sql.begin(async (tx) => {
      await events.prune(tx, 30);
      const rows = await tx<{ name: string }[]>`
        select c.relname as name from pg_locks l join pg_class c on c.oid = l.relation
        where l.pid = pg_backend_pid() and l.mode <> 'AccessShareLock' and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;
      return rows.map(({ name }) => name.replace(/\d+w\d+$/, 'week'));
    });
    // The partition itself is gone from the catalog, and so is its name.
    expect([...new Set(locked)].sort()).toEqual(['events', 'events_other']);
    expect([await dropOne(), await dropOne(), await dropOne()]).toEqual(['more', 'more', 'done']);
  });

  const isWaitingForALock = async (): Promise<boolean> => (await sessionsThatWait(database.sql)) > 0;

  test('keeps the week if a redelivery is requested at the last moment', async () => {
    await event('evt_1', 38, 'delivered');
    let dropping: Promise<unknown> = Promise.resolve();
    await database.sql.begin(async (tx) => {
      await tx`update deliveries d set status = 'pending' from events e where e.id = d.event`;
      dropping = dropOne();
      dropping.catch(() => undefined);
      await until(isWaitingForALock, { what: 'the drop to wait for the redelivery' });
    });
    await expect(dropping).rejects.toThrow('to be delivered again');
    expect(await keysOf('events')).toEqual(['evt_1']);
  });

  test('waits half a second for a slow writer, and tries again later', async () => {
    await event('evt_1', 38, 'delivered');
    await database.sql.begin(async (tx) => {
      await tx`insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
        values ('evt_2', ${account}, false, 0, 't', '', 'o', '{}', '', 'w', 'c')`;
      await expect(dropOne()).rejects.toThrow('lock timeout');
    });
    await tidy();
    expect(await keysOf('events')).toEqual(['evt_2']);
  });
});
