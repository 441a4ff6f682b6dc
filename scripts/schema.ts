/**
 * `npm run schema`: writes `db/schema.sql`, the result of all migrations, and `db/migrations/checksums.json`, which freezes them. It
 * refuses if a frozen migration has changed. Needs no network and no database of yours.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, readMigrations } from '../db/migrate';
import { schemaText } from '../db/schema';
import { withPostgres } from './temporary-postgres';

const inDb = (name: string): string => join(__dirname, '..', 'db', name);
const CHECKSUMS = inDb('migrations/checksums.json');

async function main(): Promise<void> {
  const migrations = await readMigrations();
  const frozen = JSON.parse(readFileSync(CHECKSUMS, 'utf8')) as Record<string, string>;
  const changed = migrations.filter(({ name, checksum }) => (frozen[name] ?? checksum) !== checksum).map(({ name }) => name);
  if (changed.length > 0) {
    throw new Error(`${changed.join(', ')} changed, and databases may have applied it: write a new migration instead.
If it was in no release, take its line out of db/migrations/checksums.json and run this again.`);
  }
  const text = await withPostgres(async (sql) => {
    await migrate(sql);
    return schemaText(sql);
  });
  writeFileSync(inDb('schema.sql'), `-- Written by \`npm run schema\` from db/migrations; a test keeps it true. Do not edit.\n\n${text}`);
  writeFileSync(CHECKSUMS, `${JSON.stringify(Object.fromEntries(migrations.map(({ name, checksum }) => [name, checksum])), null, 2)}\n`);
  process.stdout.write('Wrote db/schema.sql and db/migrations/checksums.json.\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
