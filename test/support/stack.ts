import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import { msToTs } from '@temporalio/common/lib/time';
import { connect, type Sql } from '../../db/connect';
import { registerSearchAttributes } from '../../worker/search-attributes';

/** Names under which the setup of a run tells its test files where things are. */
export const ADMIN_URL = 'DUNLIN_TEST_ADMIN_URL';
export const TEMPORAL_ADDRESS = 'DUNLIN_TEST_TEMPORAL_ADDRESS';
export const TEMPORAL_STATE = 'DUNLIN_TEST_TEMPORAL_STATE';

/** Database with all migrations applied, from which those of the tests are copied. Nobody connects to it. */
export const TEMPLATE_DATABASE = 'dunlin_template';

/** The role that the tests' databases belong to, and that the product has: no superuser. */
export const OWNER = 'dunlin';

/** A migrated, empty database for one test file. */
export interface TestDatabase {
  url: string;
  sql: Sql;
  tablesWithRows(): Promise<string[]>;
  /** Deletes all rows of all tables but these. Statements stay planned, as they would not after `truncate`. */
  empty(butTables: string[]): Promise<void>;
  /** Closes `sql` and drops the database, even with other connections. */
  drop(): Promise<void>;
}

/**
 * Makes a database of the test's own by copying the template, which takes some 50 ms.
 * @param of.serverUrl by which the product reaches the server; absent: directly
 */
export async function createDatabase({
  connections = 10,
  serverUrl,
}: { connections?: number; serverUrl?: string } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.unsafe(`create database ${name} template ${TEMPLATE_DATABASE} owner ${OWNER}`));
  const url = new URL(serverUrl ?? told(ADMIN_URL));
  url.username = OWNER;
  url.pathname = `/${name}`;
  const sql = connect(url.href, { max: connections, name: 'dunlin-test' });
  return {
    url: url.href,
    sql,
    async tablesWithRows() {
      const names = await tablesOf(sql);
      const found = await Promise.all(names.map((table) => sql`select 1 from ${sql(table)} limit 1`));
      return names.filter((_, index) => (found[index]?.length ?? 0) > 0);
    },
    async empty(butTables) {
      const emptied = (await tablesOf(sql)).filter((table) => !butTables.includes(table));
      await asAdmin(async (admin) => {
        // No trigger runs then: neither those of foreign keys nor those that keep entries for good.
        await admin`set session_replication_role = 'replica'`;
        // Each by itself: who still writes would be in a deadlock with one transaction over all tables.
        for (const table of emptied) await admin.unsafe(`delete from "${table}"`);
      }, name);
    },
    async drop() {
      await sql.end({ timeout: 5 });
      await asAdmin((admin) => admin.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

/**
 * `host:port` of the run's Temporal dev server, namespace `default`, once it answers and has its search attributes. On a machine
 * that has no Temporal CLI yet this waits for it to be downloaded or built.
 */
export async function temporalAddress(timeoutMs = 600_000): Promise<string> {
  const stateFile = told(TEMPORAL_STATE);
  const deadline = Date.now() + timeoutMs;
  while (!existsSync(stateFile) || readFileSync(stateFile, 'utf8') === '') {
    if (Date.now() > deadline) throw new Error('the Temporal of this test run did not come up in time');
    await sleep(100);
  }
  const state = readFileSync(stateFile, 'utf8');
  if (state !== 'ready') throw new Error(`the Temporal of this test run did not come up: ${state}`);
  return told(TEMPORAL_ADDRESS);
}

/** Makes a namespace, and returns once workflows can run in it. */
export async function createNamespace(connection: NativeConnection, namespace: string): Promise<void> {
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(86_400_000) });
  await registerSearchAttributes(connection, namespace);
}

/** Tables that have rows of their own: a partition's are its parent's. */
async function tablesOf(sql: Sql): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`;
  return tables.map(({ name }) => name);
}

/** How many sessions of this test's database wait for a lock. Others' tests have databases of their own on the same server. */
export async function sessionsThatWait(sql: Sql): Promise<number> {
  const found = await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return found.length;
}

/** Runs statements as the administrator of the test cluster. */
export async function asAdmin(statement: (admin: Sql) => Promise<unknown>, database = 'postgres'): Promise<void> {
  const url = new URL(told(ADMIN_URL));
  url.pathname = `/${database}`;
  const admin = connect(url.href, { max: 1, name: 'dunlin-test-admin' });
  try {
    await statement(admin);
  } finally {
    await admin.end();
  }
}

function told(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this test with Jest's project "system"`);
  return value;
}
