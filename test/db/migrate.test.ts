import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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

test('a migration that fails leaves nothing behind, and earlier ones stay', async () => {
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

test('events, deliveries and attempts from before the weekly partitions are kept', async () => {
  const { sql } = database;
  const real = join(__dirname, '..', '..', 'db', 'migrations');
  const until = (name: string) => readdirSync(real).filter((each) => each < name);
  rmSync(folder, { recursive: true });
  cpSync(real, folder, { recursive: true, filter: (source) => source === real || until('0020').includes(basename(source)) });
  await migrate(sql, folder);
  await sql`insert into accounts (id, created, name, settings) values ('acct', 0, 'a', '{}')`;
  await sql`insert into webhook_endpoints (id, account, livemode, created, url, enabled_events, status, secrets)
    values ('we', 'acct', false, 0, 'https://example.com', '{*}', 'enabled', '[]')`;
  await sql`insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, cause)
    select 'evt_' || n, 'acct', false, 0, 't', '', 'o', '{"a": 1}', 'k', 'w', n::text from generate_series(1, 3) n`;
  await sql`insert into deliveries (id, account, endpoint, event, order_key, status) select id || '/we', account, 'we', id, 'k', 'pending' from events`;
  await sql`insert into delivery_attempts (id, delivery, at, duration_milliseconds) select id || '/1', id, now(), 1 from deliveries`;
  const before =
    await sql`select e.id, e.seq, e.object, d.seq as delivery_seq, d.next_attempt_at from events e join deliveries d on d.event = e.id order by 1`;
  cpSync(real, folder, { recursive: true });
  await migrate(sql, folder);
  const after = await sql`select e.id, e.seq, e.object, d.seq as delivery_seq, d.next_attempt_at from events e
    join deliveries d on d.event = e.id and d.recorded = e.recorded join delivery_attempts a on a.delivery = d.id and a.recorded = d.recorded order by 1`;
  expect(after).toEqual(before);
  await sql`insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key)
    values ('evt_4', 'acct', false, 0, 't', '', 'o', '{}', 'k', 'w', '4')`;
  expect(await sql`select seq from events where id = 'evt_4'`).toEqual([{ seq: 4 }]);
});
