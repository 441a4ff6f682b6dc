/**
 * `npm run backup-drill`: dumps the books of a running Dunlin, restores them into a new database, and proves that every row came back and that the
 * ledger agrees with the invoices. It stops nothing and changes nothing; the restored database is dropped at the end. Prints how long each step took.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '../config';
import { connect, type Sql } from '../db/connect';
import { contentsOf, differencesBetween, ledgerFaults, type Contents } from './backup-drill/checks';
import { PostgresPrograms } from './backup-drill/postgres-programs';

const USAGE = `Usage: npm run backup-drill -- [--admin postgres://…] [--file dunlin.dump] [--bin /usr/lib/postgresql/18/bin] [--keep]
  --admin  a role that may create databases; absent: the one of DATABASE_URL
  --file   keeps the dump there
  --bin    the folder of pg_dump and pg_restore; absent: on PATH
  --keep   keeps the restored database`;
const JOBS = 2;

interface Drill {
  source: string;
  administrator: string;
  programs: PostgresPrograms;
  file: string;
  keep: boolean;
}

async function drill({ source, administrator, programs, file, keep }: Drill): Promise<void> {
  const before = await timed(
    'dump',
    () => dumped(source, programs, file),
    () => `, ${megabytes(statSync(file).size)} MB`,
  );
  const name = `dunlin_drill_${String(Date.now())}`;
  const restored = new URL(administrator);
  restored.pathname = `/${name}`;
  const admin = connect(administrator, { max: 1, name: 'dunlin-drill' });
  try {
    await admin.unsafe(`create database ${name}`);
    await timed('restore', () => programs.restore(restored.href, { file, jobs: JOBS }));
    const faults = await timed('compare', () => faultsIn(restored.href, before));
    for (const fault of faults) say(fault);
    if (faults.length > 0) throw new Error('The restored books are not what was dumped.');
    say(`${String(Object.keys(before).length)} tables came back as they were; the ledger agrees with the invoices`);
  } finally {
    if (keep) say(`kept: ${name}`);
    else await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end({ timeout: 5 });
  }
}

/** Dumps what one transaction sees. @returns what it saw, to compare with */
async function dumped(source: string, programs: PostgresPrograms, file: string): Promise<Contents> {
  return withSql(source, (sql) =>
    sql.begin('isolation level repeatable read read only', async (tx) => {
      const [row] = await tx<{ snapshot: string }[]>`select pg_export_snapshot() as snapshot`;
      await programs.dump(source, { file, snapshot: row?.snapshot ?? '' });
      return contentsOf(tx);
    }),
  );
}

async function faultsIn(restored: string, before: Contents): Promise<string[]> {
  return withSql(restored, async (sql) => {
    const differing = differencesBetween(before, await contentsOf(sql));
    return [...differing.map((name) => `${name} differs from what was dumped`), ...(await ledgerFaults(sql))];
  });
}

async function withSql<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1, name: 'dunlin-drill' });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function timed<T>(step: string, work: () => Promise<T>, more: () => string = () => ''): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  say(`${step.padEnd(8)} ${((performance.now() - startedAt) / 1000).toFixed(1)} s${more()}`);
  return result;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      admin: { type: 'string' },
      file: { type: 'string' },
      bin: { type: 'string' },
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(USAGE);
    return;
  }
  const source = loadConfig().databaseUrl;
  if (source === undefined) throw new ConfigError(`DATABASE_URL is not set: say which books to dump.\n${USAGE}`);
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-drill-'));
  const { admin: administrator = source, keep = false, bin = null } = values;
  try {
    const file = values.file ?? join(folder, 'dunlin.dump');
    await timed('total', () => drill({ source, administrator, programs: new PostgresPrograms(bin), file, keep }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
