import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReservedSql } from 'postgres';
import type { Sql } from './connect';

/** One file of a folder of migrations. */
export interface Migration {
  name: string;
  /** SHA-256 of its text in hexadecimal; line ends do not count. */
  checksum: string;
  statements: string;
}

// An arbitrary number that no other program on this database uses; it is 'dunlin' read as base 36.
const advisoryLock = 817_430_687;

const MIGRATIONS = join(__dirname, 'migrations');

/**
 * Applies the new `*.sql` files of a folder, in the order of their names, each in its own transaction. Safe to run twice, and by several
 * processes at once: the others wait.
 *
 * @param folder by default `db/migrations`
 * @returns the names of the applied files
 * @throws Error if an applied file has changed since, or the database has one that is not in the folder. Both mean that this program and
 * this database do not belong together, and nothing was done.
 */
export async function migrate(sql: Sql, folder: string = MIGRATIONS): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(${advisoryLock})`;
    try {
      return await applyMissing(connection, migrations);
    } finally {
      await connection`select pg_advisory_unlock(${advisoryLock})`;
    }
  } finally {
    connection.release();
  }
}

/** The `*.sql` files of a folder in the order in which they are applied; empty if the folder does not exist. */
export async function readMigrations(folder: string = MIGRATIONS): Promise<Migration[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const sorted = names.filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    sorted.map(async (name) => {
      const statements = await readFile(join(folder, name), 'utf8');
      // A checkout on Windows may have changed the line ends, which does not matter.
      const checksum = createHash('sha256').update(statements.replaceAll('\r\n', '\n')).digest('hex');
      return { name, checksum, statements };
    }),
  );
}

/**
 * How a database and this version differ: the migrations that are to be applied, and those that it has from another version.
 *
 * @throws what Postgres says, for a database without any
 */
export async function migrationsOf(sql: Sql, folder: string = MIGRATIONS): Promise<{ missing: string[]; foreign: string[] }> {
  const known = new Map((await readMigrations(folder)).map(({ name, checksum }) => [name, checksum]));
  const rows = await sql<{ name: string; checksum: string }[]>`select name, checksum from schema_migrations`;
  const applied = new Set(rows.map(({ name }) => name));
  return {
    missing: [...known.keys()].filter((name) => !applied.has(name)),
    foreign: rows.filter(({ name, checksum }) => known.get(name) !== checksum).map(({ name }) => name),
  };
}

async function applyMissing(connection: ReservedSql<{ bigint: number }>, migrations: Migration[]): Promise<string[]> {
  await connection`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
  const rows = await connection<{ name: string; checksum: string }[]>`select name, checksum from schema_migrations`;
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  refuseStrangers(applied, migrations);
  const missing = migrations.filter((migration) => !applied.has(migration.name));
  for (const migration of missing) await apply(connection, migration);
  return missing.map((migration) => migration.name);
}

function refuseStrangers(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    if (!known.has(name)) throw new Error(`the database has the migration ${name}, which this version of Dunlin does not know`);
    if (known.get(name) !== checksum) throw new Error(`the migration ${name} was changed after it was applied to this database`);
  }
}

async function apply(connection: ReservedSql<{ bigint: number }>, migration: Migration): Promise<void> {
  await connection`begin`;
  try {
    await connection.unsafe(migration.statements);
    await connection`insert into schema_migrations (name, checksum) values (${migration.name}, ${migration.checksum})`;
    await connection`commit`;
  } catch (error) {
    await connection`rollback`;
    throw new Error(`the migration ${migration.name} failed`, { cause: error });
  }
}
