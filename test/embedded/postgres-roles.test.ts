import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Sql } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { initializeCluster, startPostgres, stopPostgres, type PostgresHome } from '../../embedded/postgres';
import { canRun, copyPostgres, findPostgres, postgresUser } from '../../embedded/postgres-binaries';
import { postgresUrl } from '../../embedded/postgres-roles';

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
  await initializeCluster(home);
}, 120_000);
afterAll(async () => {
  if (server) await stopPostgres(server);
  rmSync(folder, { recursive: true, force: true });
});

async function within<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1 });
  return work(sql).finally(() => sql.end({ timeout: 1 }));
}

test('server and worker use a role that owns the database and migrates it, and is no superuser', async () => {
  server = await startPostgres(home);
  await within(postgresUrl(home), async (sql) => {
    await migrate(sql);
    expect(await sql`select rolname, rolsuper from pg_roles where rolcanlogin order by 1`).toEqual([
      { rolname: 'dunlin', rolsuper: false },
      { rolname: 'postgres', rolsuper: true },
    ]);
    const others = await sql`
      select c.relname from pg_class c where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) <> 'dunlin'`;
    expect(others).toEqual([]);
    await expect(sql`create role another superuser`).rejects.toThrow('permission denied');
  });
}, 120_000);

test('a database with other passwords than its data folder is refused at once', async () => {
  if (server) await stopPostgres(server);
  server = null;
  await expect(startPostgres({ ...home, password: 'x', administratorPassword: 'x' })).rejects.toThrow(
    'has other passwords than its data folder',
  );
}, 120_000);
