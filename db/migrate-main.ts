import { ConfigError, loadConfig } from '../config';
import { connect } from './connect';
import { migrate } from './migrate';

/** `npm run migrate`: brings the database of DATABASE_URL up to date, for installations without `npm start`. */
async function main(): Promise<void> {
  const { databaseUrl } = loadConfig();
  if (databaseUrl === undefined) throw new ConfigError('DATABASE_URL is not set: say where Postgres is, or run npm start');
  const sql = connect(databaseUrl, { max: 1, name: 'dunlin-migrate' });
  try {
    const applied = await migrate(sql);
    process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  process.stderr.write(`${message}${cause}\n`);
  process.exit(1);
});
