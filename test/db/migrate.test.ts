import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createDatabase();
  await database.sql`drop schema public cascade`;
  await database.sql`create schema public`;
  folder = mkdtempSync(join(tmpdir(), 'dunlin-migrations-'));
  writeFileSync(join(folder, '0001-one.sql'), 'create table one (id bigint); insert into one values (1);');
  writeFileSync(join(folder, '0002-two.sql'), 'alter table one add column some_name text; create table two (id bigint);');
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('migrations are applied once, in order, however often they are run', async () => {
  expect(await migrate(database.sql, folder)).toEqual(['0001-one.sql', '0002-two.sql']);
  expect(await migrate(database.sql, folder)).toEqual([]);
  expect(await database.sql`select * from one`).toEqual([{ id: 1, someName: null }]);
});

test('processes that migrate at the same moment wait for each other', async () => {
  const other = connect(database.url, { max: 1 });
  const applied = await Promise.all([migrate(database.sql, folder), migrate(other, folder), migrate(other, folder)]);
  await other.end();
  expect(applied.flat()).toEqual(['0001-one.sql', '0002-two.sql']);
});

test('a migration that fails leaves nothing of itself, and those before it stay', async () => {
  writeFileSync(join(folder, '0003-bad.sql'), 'create table three (id bigint); select 1 / 0;');
  await expect(migrate(database.sql, folder)).rejects.toThrow('the migration 0003-bad.sql failed');
  const tables = await database.sql`select table_name from information_schema.tables where table_schema = 'public' order by 1`;
  expect(tables.map((row) => row.tableName as string)).toEqual(['one', 'schema_migrations', 'two']);
});

test('a migration that was changed after it was applied is refused', async () => {
  await migrate(database.sql, folder);
  writeFileSync(join(folder, '0001-one.sql'), 'create table one (id int);');
  await expect(migrate(database.sql, folder)).rejects.toThrow('0001-one.sql was changed');
});

test('a database that a newer version has migrated is refused', async () => {
  await migrate(database.sql, folder);
  await database.sql`insert into schema_migrations (name, checksum) values ('0009-later.sql', 'x')`;
  await expect(migrate(database.sql, folder)).rejects.toThrow('does not know');
});
