import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Sql } from '../../db/connect';
import { DEADLINES } from '../../domain/core/deadlines';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let sql: Sql;
const faults: unknown[] = [];
const onFault = (fault: unknown): void => void faults.push(fault);

beforeAll(async () => {
  database = await createDatabase();
  sql = connect(database.url, { max: 1, patience: 'service' });
  process.on('uncaughtException', onFault);
});

afterAll(async () => {
  process.off('uncaughtException', onFault);
  await sql.end({ timeout: 1 });
  await database.drop();
});

afterEach(() => {
  expect(faults.splice(0)).toEqual([]);
});

const backend = async (tx: Sql): Promise<number> => Number((await tx`select pg_backend_pid() as pid`)[0]?.['pid']);
const end = async (pid: number): Promise<void> => {
  await database.sql`select pg_terminate_backend(${pid})`;
  await sleep(200);
};

/** What comes after in a process that lives: a transaction that commits. The driver may tell the old error once more, on the new connection. */
const works = async (): Promise<unknown> => {
  const once = (): Promise<unknown> => sql.begin((tx) => tx`select 1 as one`);
  return once().catch(once);
};

test('a transaction whose connection Postgres closes between two statements fails, and its process continues', async () => {
  const work = sql.begin(async (tx) => {
    await end(await backend(tx as unknown as Sql));
    await tx`select 1`;
  });
  await expect(work).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await sleep(200);
  expect(await works()).toEqual([{ one: 1 }]);
});

test('a transaction that refuses after its connection was closed fails, and its process continues', async () => {
  const work = sql.begin(async (tx) => {
    await end(await backend(tx as unknown as Sql));
    throw new Error('refused');
  });
  await expect(work).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await sleep(200);
  expect(await works()).toEqual([{ one: 1 }]);
});

test('a transaction that plans for longer than Postgres waits fails, and its process continues', async () => {
  const work = sql.begin(async (tx) => {
    await tx`select set_config('idle_in_transaction_session_timeout', '100', true)`;
    for (const until = Date.now() + 500; Date.now() < until;);
    await Promise.all([tx`select 1`, tx`select ${'x'.repeat(3000)}::text`, tx`select 2`]);
  });
  await expect(work).rejects.toThrow();
  await sleep(200);
  expect(await works()).toEqual([{ one: 1 }]);
}, 20_000);

test('a transaction whose connection is closed during a statement fails, and its process continues', async () => {
  const work = sql.begin(async (tx) => {
    const pid = await backend(tx as unknown as Sql);
    const [params] = await Promise.allSettled([tx`select pg_sleep(5)`, end(pid)]);
    if (params.status === 'rejected') throw params.reason;
  });
  await expect(work).rejects.toThrow();
  await sleep(200);
  expect(await works()).toEqual([{ one: 1 }]);
}, 20_000);

test('a refusal rolls back, and a commit stays', async () => {
  await sql`create table kept (it int)`;
  await expect(
    sql.begin(async (tx) => {
      await tx`insert into kept values (1)`;
      throw new Error('refused');
    }),
  ).rejects.toThrow('refused');
  await sql.begin('isolation level repeatable read', (tx) => tx`insert into kept values (2)`);
  expect(await sql`select it from kept`).toEqual([{ it: 2 }]);
});

test('an answer that waits unread because this process was busy is read, and its connection stays', async () => {
  const [before] = await sql`select pg_backend_pid() as pid`;
  const answer = sql`select pg_backend_pid() as pid`.execute();
  // It is sent at the end of this turn of the event loop.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const until = performance.now() + DEADLINES.silence + 300;
  while (performance.now() < until);
  expect((await answer)[0]).toEqual(before);
});
