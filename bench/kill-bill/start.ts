/** A throwaway Kill Bill: its own Postgres, its tables, its processor for cards, and one tenant with a catalog. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../../config';
import { connect, type Sql } from '../../db/connect';
import { lastWords, startChild, stopChild, type Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { NO_PROCESSES } from '../cpu';
import { startDatabase, undoing, type ProcessName } from '../stack';
import { createTenant, isReady, type KillBillApi } from './client';
import { RELEASE, findKillBill, runProgram, type KillBillPrograms } from './programs';
import { JVM_OPTIONS, propertiesOf } from './settings';

export interface KillBill {
  api: KillBillApi;
  /** The benchmark's own connections. */
  sql: Sql;
  /** It has no worker and no Temporal. */
  pids: Record<ProcessName, number>;
}

const READY_MS = 300_000;
/** Types and functions first, which the other modules' tables use. */
const MODULES = ['util', 'account', 'beatrix', 'catalog', 'entitlement', 'invoice', 'payment', 'subscription', 'tenant', 'usage'];

/** Starts everything, runs `work`, and stops and removes everything. */
export async function withKillBill<T>(work: (killBill: KillBill) => Promise<T>): Promise<T> {
  const programs = await findKillBill();
  return undoing(async (undo) => {
    const folder = mkdtempSync(join(tmpdir(), 'dunlin-kill-bill-'));
    undo.push(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    chmodSync(folder, 0o711);
    const { administratorUrl: databaseUrl, postgres } = await startDatabase(folder, undo);
    const sql = connect(databaseUrl, { max: 4, name: 'dunlin-bench' });
    undo.push(() => sql.end({ timeout: 2 }));
    await createTables(sql, programs, folder);
    const port = await freePort();
    const server = await startServer(programs, { folder, port, databaseUrl });
    undo.push(() => stopChild(server));
    const url = `http://127.0.0.1:${String(port)}`;
    await untilReady(url, server);
    const api = await createTenant(url);
    undo.push(api.close);
    return await work({ api, sql, pids: { ...NO_PROCESSES, server: server.identity.pid, postgres: postgres.identity.pid } });
  });
}

/** Each module of Kill Bill brings the statements that make its tables. */
async function createTables(sql: Sql, { modules, plugin }: KillBillPrograms, folder: string): Promise<void> {
  const unpacked = join(folder, 'tables');
  mkdirSync(unpacked);
  const apply = async (jar: string, entry: string): Promise<void> => {
    await runProgram('jar', ['xf', jar, entry], unpacked, join(folder, 'jar.log'));
    await sql.file(join(unpacked, entry)).simple();
  };
  const jarOf = (module: string): string => join(modules, `killbill-${module}-${RELEASE}.jar`);
  await apply(jarOf('util'), 'org/killbill/billing/util/ddl-postgresql.sql');
  for (const module of MODULES) await apply(jarOf(module), `org/killbill/billing/${module}/ddl.sql`);
  await apply(plugin, 'ddl.sql');
}

async function startServer(
  { war, plugin, jetty }: KillBillPrograms,
  { folder, port, databaseUrl }: { folder: string; port: number; databaseUrl: string },
): Promise<Child> {
  const plugins = join(folder, 'bundles');
  const place = join(plugins, 'plugins', 'java', 'killbill-payment-test', '1');
  mkdirSync(place, { recursive: true });
  copyFileSync(plugin, join(place, 'killbill-payment-test.jar'));
  const properties = join(folder, 'killbill.properties');
  writeFileSync(properties, propertiesOf({ databaseUrl, catalog: join(__dirname, 'catalog.xml'), plugins }));
  return startChild({
    name: 'kill-bill',
    command: 'java',
    args: [
      ...JVM_OPTIONS,
      `-Dlogback.configurationFile=${join(__dirname, 'logback.xml')}`,
      `-Djava.io.tmpdir=${folder}`,
      `-Dorg.killbill.server.properties=file://${properties}`,
      ...['-jar', jetty, '--host', '127.0.0.1', '--port', String(port), war],
    ],
    env: childEnvironment(),
    cwd: folder,
    logFile: join(folder, 'kill-bill.log'),
  });
}

async function untilReady(url: string, server: Child): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const how = server.endedHow();
    if (how !== undefined || Date.now() > deadline) throw new Error(`Kill Bill ${how ?? 'does not answer'}:\n${lastWords(server)}`);
    if (await isReady(url)) return;
    await sleep(500);
  }
}
