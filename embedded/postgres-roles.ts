/**
 * The roles of Dunlin's own cluster: a superuser, which only the launcher uses, and the owner of Dunlin's database, which server and worker
 * use and which has no other rights.
 */
import { connect, type Sql } from '../db/connect';

const DATABASE = 'dunlin';
const OWNER = 'dunlin';
const ADMINISTRATOR = 'postgres';
/** A superuser only during an upgrade, because no role can rename itself. */
const UPGRADER = 'dunlin_upgrade';

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
 * Creates the owner and its database if they are missing, and gives the owner everything in it.
 *
 * @throws Error with Postgres's code if the server does not answer yet, or rejects these passwords
 */
export async function prepareRoles(logins: Logins): Promise<void> {
  try {
    await withSql(administratorUrl(logins, 'postgres'), (sql) => makeDatabase(sql, logins.password));
  } catch (error) {
    if ((error as { code?: string }).code !== INVALID_PASSWORD) throw error;
    await splitOwner(logins);
    await withSql(administratorUrl(logins, 'postgres'), (sql) => makeDatabase(sql, logins.password));
  }
  await withSql(administratorUrl(logins, DATABASE), giveToOwner);
}

async function makeDatabase(sql: Sql, password: string): Promise<void> {
  await execute(sql, 'drop role if exists %I', UPGRADER);
  const roles = await sql`select 1 from pg_roles where rolname = ${OWNER}`;
  if (roles.length === 0) await execute(sql, 'create role %I login password %L', OWNER, password);
  const databases = await sql<{ owner: string }[]>`
    select pg_get_userbyid(datdba) as owner from pg_database where datname = ${DATABASE}`;
  if (databases.length === 0) await execute(sql, 'create database %I owner %I', DATABASE, OWNER);
  else if (databases[0]?.owner !== OWNER) await execute(sql, 'alter database %I owner to %I', DATABASE, OWNER);
}

/**
 * Dunlin 0.1.0 had one role: the owner was the superuser that initdb creates, which can never lose its rights. It gets the superuser's
 * name, and a new owner is created.
 */
async function splitOwner(logins: Logins): Promise<void> {
  const { password, administratorPassword, port } = logins;
  await withSql(postgresUrl(logins, 'postgres'), async (sql) => {
    await execute(sql, 'drop role if exists %I', UPGRADER);
    await execute(sql, 'create role %I superuser login password %L', UPGRADER, password);
  });
  await withSql(urlOf({ role: UPGRADER, password, port, name: 'postgres' }), (sql) =>
    sql.begin(async (tx) => {
      await execute(tx, 'alter role %I rename to %I', OWNER, ADMINISTRATOR);
      await execute(tx, 'alter role %I password %L', ADMINISTRATOR, administratorPassword);
    }),
  );
}

/** Commands for objects in the database that do not belong to its owner. A table's dependent objects follow it. */
async function giveToOwner(sql: Sql): Promise<void> {
  const commands = await sql<{ text: string }[]>`
    with others as (select oid from pg_roles where rolname <> ${OWNER}), ours as (select 'public'::regnamespace as oid)
    select format('alter %s %s owner to %I', case relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
      c.oid::regclass, ${OWNER}::text) as text
    from pg_class c, ours where relnamespace = ours.oid and relkind in ('r', 'p', 'v', 'S') and relowner in (select oid from others)
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and relkind = 'S')
    union all
    select format('alter routine %s owner to %I', p.oid::regprocedure, ${OWNER}::text)
    from pg_proc p, ours where pronamespace = ours.oid and proowner in (select oid from others)
    union all
    select format('alter type %s owner to %I', t.oid::regtype, ${OWNER}::text)
    from pg_type t, ours where typnamespace = ours.oid and typtype in ('e', 'd') and typowner in (select oid from others)`;
  if (commands.length > 0) await sql.begin((tx) => tx.unsafe(commands.map(({ text }) => text).join(';\n')));
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
