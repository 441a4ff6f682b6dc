import { LIMITS } from '../../domain/core/limits';
import { inTurn } from '../../db/turns';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

test('an int8 becomes a number; one that a number cannot hold is an error, not a rounded amount', async () => {
  const { sql } = database;
  expect(await sql`select 9007199254740991::int8 as amount_minor`).toEqual([{ amountMinor: 9007199254740991 }]);
  await expect(sql`select 9007199254740993::int8 as amount_minor`).rejects.toThrow('not a safe integer');
  await expect(sql`select ${2 ** 53}::int8`).rejects.toThrow('not a safe integer');
});

test('an array of int8 becomes an array of numbers', async () => {
  expect(await database.sql`select array[1, 2]::int8[] as parts`).toEqual([{ parts: [1, 2] }]);
  expect(await database.sql`select ${[3, 4]}::int8[] as parts`).toEqual([{ parts: [3, 4] }]);
});

test('column names become camelCase, and keys inside jsonb stay as they are', async () => {
  const { sql } = database;
  await sql`create table things (some_name text, meta_data jsonb)`;
  await sql`insert into things ${sql({ someName: undefined, metaData: { order_id: 1, orderId: 2 } })}`;
  expect(await sql`select * from things`).toEqual([{ someName: null, metaData: { order_id: 1, orderId: 2 } }]);
});

test('a long statement waits for its turn; too many, and one that takes too long, are refused', async () => {
  const { sql } = database;
  await expect(inTurn(sql, 'order_by', () => sql.unsafe('set local statement_timeout = 50; select pg_sleep(5)'))).rejects.toMatchObject({
    code: 'parameter_invalid',
    details: { param: 'order_by' },
  });
  let end = (): void => undefined;
  const ends = new Promise<void>((resolve) => (end = resolve));
  let running = 0;
  const atOnce = Math.max(1, Math.floor(sql.options.max * 0.4));
  const taken = Array.from({ length: atOnce + LIMITS.longStatementsWaiting.max }, () =>
    inTurn(sql, 'order_by', () => {
      running += 1;
      return ends;
    }),
  );
  await expect(inTurn(sql, 'order_by', () => ends)).rejects.toMatchObject({ code: 'lock_timeout' });
  expect(running).toBe(atOnce);
  end();
  await Promise.all(taken);
  expect(running).toBe(taken.length);
  expect(await inTurn(sql, 'order_by', () => Promise.resolve('again'))).toBe('again');
});
