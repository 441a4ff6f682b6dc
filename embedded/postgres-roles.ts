/**
 * The roles of Dunlin's own cluster: a superuser, which only the launcher uses, and the owner of Dunlin's database, which server and worker
 * use and which has no other rights.
 */
import { connect, type Sql } from '../db/connect';

const DATABASE = 'dunlin';
const OWNER = 'dunlin';
const ADMINISTRATOR = 'postgres';

/** Postgres's code if a role does not exist, or has another password. */
export const INVALID_PASSWORD = '28P01';

/** How the roles of a cluster log in. */
export interface Logins {
  password: string;
  administratorPassword: string;
  port: number;
}

/** URL of a database of the cluster, for its owner. */
export function postgresUrl({ password, port }: Logins, name = DATABASE): string {
  return urlOf({ role: OWNER, password, port, name });
}

/** The same for the superuser. */
export function administratorUrl({ administratorPassword: password, port }: Logins, name: string): string {
  return urlOf({ role: ADMINISTRATOR, password, port, name });
}

/**
 * Creates the owner and its database if they are missing.
 *
 * @throws Error with the code of Postgres if the server does not answer yet, or refuses these passwords
 */
export async function prepareRoles(logins: Logins): Promise<void> {
  await withSql(administratorUrl(logins, 'postgres'), async (sql) => {
    const roles = await sql`select 1 from pg_roles where rolname = ${OWNER}`;
    if (roles.length === 0) await execute(sql, 'create role %I login password %L', OWNER, logins.password);
    const databases = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (databases.length === 0) await execute(sql, 'create database %I owner %I', DATABASE, OWNER);
  });
}

// Commands on roles take no parameters, so Postgres itself quotes the values.
async function execute(sql: Pick<Sql, 'unsafe'>, template: string, ...values: string[]): Promise<void> {
  const places = values.map((_, index) => `$${String(index + 2)}::text`).join(', ');
  const [command] = await sql.unsafe<{ text: string }[]>(`select format($1::text, ${places}) as text`, [template, ...values]);
  await sql.unsafe(command?.text ?? '');
}

function urlOf({ role, password, port, name }: { role: string; password: string; port: number; name: string }): string {
  return `postgres://${role}:${password}@127.0.0.1:${String(port)}/${name}`;
}

async function withSql<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1, name: 'dunlin-launcher' });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
