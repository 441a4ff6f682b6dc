import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrations } from '../../db/migrate';
import { schemaText } from '../../db/schema';
import { createDatabase, type TestDatabase } from '../support/stack';

const inDb = (name: string): string => join(__dirname, '..', '..', 'db', name);
const snapshot = readFileSync(inDb('schema.sql'), 'utf8');

let database: TestDatabase;
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(() => database.drop());

test('db/schema.sql is the result of the migrations (npm run schema writes it)', async () => {
  expect(snapshot.split('\n').slice(2).join('\n')).toBe(await schemaText(database.sql));
});

test('db/schema.sql makes the same schema in an empty database', async () => {
  const { sql } = database;
  await sql.unsafe('drop schema public cascade; create schema public');
  await sql.unsafe(snapshot);
  expect(await schemaText(sql)).toBe(snapshot.split('\n').slice(2).join('\n'));
});

test('a frozen migration never changes: a change is a new migration, which npm run schema freezes', async () => {
  const frozen = JSON.parse(readFileSync(inDb('migrations/checksums.json'), 'utf8')) as Record<string, string>;
  const migrations = await readMigrations();
  expect(Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum]))).toEqual(frozen);
});
