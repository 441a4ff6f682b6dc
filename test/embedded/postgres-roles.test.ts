import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDefaultAccount, listAccounts } from '../../db/accounts';
import { connect, type Sql } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { initialise, startPostgres, stopPostgres, type PostgresHome } from '../../embedded/postgres';
import { canRun, copyPostgres, findPostgres, postgresUser } from '../../embedded/postgres-binaries';
import { administratorUrl, postgresUrl } from '../../embedded/postgres-roles';

let folder: string;
let home: PostgresHome;
let server: Child | null = null;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dunlin-roles-'));
  chmodSync(folder, 0o711);
  const user = postgresUser();
  const installed = await findPostgres('/var/tmp/dunlin');
  const binaries = user === undefined || canRun(installed, user) ? installed : await copyPostgres(installed, '/var/tmp/dunlin');
  home = {
    ...{ binaries, folder: join(folder, 'postgres'), port: await freePort(), logFile: join(folder, 'postgres.log'), durable: false },
    ...{ password: 'owner', administratorPassword: 'administrator', ...(user === undefined ? {} : { user }) },
  };
  await initialise(home);
}, 120_000);
afterAll(async () => {
  if (server) await stopPostgres(server);
  rmSync(folder, { recursive: true, force: true });
});

async function within<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1 });
  return work(sql).finally(() => sql.end({ timeout: 1 }));
}

/** The one role that Dunlin 0.1.0 had: superuser and owner, by the owner's name and password. */
async function asIn010(): Promise<void> {
  await within(administratorUrl(home, 'postgres'), async (sql) => {
    await sql.unsafe('drop database dunlin');
    await sql.unsafe('drop role dunlin');
    await sql.unsafe("create role helper superuser login password 'helper'");
  });
  await within(`postgres://helper:helper@127.0.0.1:${String(home.port)}/postgres`, async (sql) => {
    await sql.unsafe('alter role postgres rename to dunlin');
    await sql.unsafe("alter role dunlin password 'owner'");
  });
  await within(postgresUrl(home, 'postgres'), async (sql) => {
    await sql.unsafe('drop role helper');
    await sql.unsafe('create database dunlin');
  });
}

test('data whose owner was a superuser is kept, by an owner who is none, and Dunlin works on with it', async () => {
  server = await startPostgres(home);
  await asIn010();
  const keys = { test: 'sk_test_aaaaaaaaaaaaaaaaaaaaaaaa', live: 'sk_live_aaaaaaaaaaaaaaaaaaaaaaaa' };
  const account = await within(postgresUrl(home), async (sql) => {
    await migrate(sql);
    return ensureDefaultAccount(sql, keys);
  });
  await stopPostgres(server);

  server = await startPostgres(home);
  await within(postgresUrl(home), async (sql) => {
    expect(await sql`select rolname, rolsuper from pg_roles where rolcanlogin order by 1`).toEqual([
      { rolname: 'dunlin', rolsuper: false },
      { rolname: 'postgres', rolsuper: true },
    ]);
    expect((await listAccounts(sql)).map(({ id }) => id)).toEqual([account]);
    const others = await sql`
      select c.relname from pg_class c where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) <> 'dunlin'
      union all select p.proname from pg_proc p where pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) <> 'dunlin'`;
    expect(others).toEqual([]);
    // What migrations need of an owner.
    await sql`alter table accounts add column added int8`;
    await sql`drop table accounts cascade`;
  });
}, 120_000);

test('a database with other passwords than its data folder is refused at once', async () => {
  if (server) await stopPostgres(server);
  server = null;
  await expect(startPostgres({ ...home, password: 'x', administratorPassword: 'x' })).rejects.toThrow(
    'has other passwords than its data folder',
  );
}, 120_000);
