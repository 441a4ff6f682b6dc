import { pino, type Logger } from 'pino';
import { createLogger } from '../../observability/logger';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let lines: string[];
let log: Logger;

beforeAll(async () => {
  database = await createDatabase();
  await database.sql`create table people (id text primary key, email text unique, age integer)`;
});
afterAll(() => database.drop());

beforeEach(() => {
  lines = [];
  log = createLogger({ level: 'info', name: 'worker', destination: { write: (line) => lines.push(line) } });
});

const logged = (): Record<string, never> & { err: Record<string, unknown>; error: Record<string, unknown> } =>
  JSON.parse(lines.at(-1) ?? '{}') as never;

async function errorOf(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: unknown) => error as Error,
  );
}

test.each(['err', 'error', 'reason'])('a bug is logged with its name, message, code, place and causes, as `%s`', (name) => {
  const cause = Object.assign(new TypeError('price is null'), { code: 'ERR_PRICE' });
  log.error({ [name]: new Error('the plan failed', { cause }) }, 'a step failed');
  expect((logged() as Record<string, unknown>)[name]).toMatchObject({
    name: 'Error',
    message: 'the plan failed',
    stack: expect.stringContaining('logger.test') as string,
    cause: { name: 'TypeError', message: 'price is null', code: 'ERR_PRICE' },
  });
});

test('children of a log, and its lines without an object, show errors the same way', () => {
  log.child({ request: 'req_1' }).warn({ err: new Error('lost') }, 'a wake was lost');
  expect(logged()).toMatchObject({ request: 'req_1', err: { name: 'Error', message: 'lost' } });
  log.error(new RangeError('too far'));
  expect(logged().err).toMatchObject({ name: 'RangeError', message: 'too far' });
});

test('an error of Postgres is logged with its code and names of the schema, without the row, the statement or its values', async () => {
  const { sql } = database;
  await sql`insert into people (id, email) values ('p1', 'ann@example.com')`;
  const duplicate = await errorOf(sql`insert into people (id, email) values ('p2', ${'ann@example.com'})`);
  log.error({ err: duplicate, detail: (duplicate as { detail?: string }).detail }, 'a write failed');
  expect(JSON.stringify(duplicate)).toContain('ann@example.com');
  expect(lines.at(-1)).not.toContain('ann@example.com');
  expect(logged().err).toMatchObject({ code: '23505', table: 'people', constraint: 'people_email_key' });

  const wrongType = await errorOf(sql.unsafe(`select 'ann@example.com'::integer`));
  expect(wrongType.message).toContain('ann@example.com');
  log.error({ error: new Error('no facts', { cause: wrongType }) }, 'a commit failed');
  expect(lines.at(-1)).not.toContain('ann@example.com');
  expect(logged().error).toMatchObject({ message: 'no facts', cause: { code: '22P02' } });
});

test('bodies, headers and parameters that are logged by mistake are removed', () => {
  log.info({
    headers: { authorization: 'Bearer sk_live_x' },
    parameters: { email: 'ann@example.com' },
    request: { body: 'ann@example.com' },
  });
  expect(lines.at(-1)).not.toMatch(/ann@example|sk_live/);
});

test('a circular chain of causes ends', () => {
  const error = new Error('one');
  error.cause = new Error('two', { cause: error });
  log.error({ err: error });
  expect(lines.at(-1)?.match(/"two"/g)?.length).toBeLessThan(5);
  expect(pino.levels.labels[50]).toBe('error');
});
