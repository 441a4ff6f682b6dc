/** Multiplies what is in the tables by SQL, much faster than the API could. */
import { connect, type Sql } from '../db/connect';

/** Shared by all customers, so not copied. */
const SHARED = ['accounts', 'api_keys', 'products', 'prices', 'ledger_accounts', 'value_lists'];
/** Columns whose text must be unique. A copy's ends with its number. */
const UNIQUE_TEXTS = ['number', 'invoice_prefix'];
/** Copies per statement, so that a stopped run leaves no long transaction. */
const AT_ONCE = 250;

/** An id is a prefix, an underscore, and at least 14 letters or digits. Ids of products, prices and accounts stay as they are. */
const ID = '\\m(?!price_|prod_|acct_)([a-z]{2,8}_[A-Za-z0-9]{14,})\\M';
/** Stands behind each id of an original, where a copy has its number. */
const PLACE = 'x@';

/** The rows of all customers as they are now, and of their test clocks, to be copied later. What is partitioned by time is left out. */
export class Originals {
  private constructor(
    private readonly sql: Sql,
    private readonly tables: Table[],
  ) {}

  /** @param administratorUrl a superuser's, because triggers and foreign keys are left out: the originals have passed them */
  static async take(administratorUrl: string): Promise<Originals> {
    const sql = connect(administratorUrl, { max: 1, name: 'dunlin-bench-copies' });
    await sql`set session_replication_role = replica`;
    await sql`create schema originals`;
    const tables = await tablesOf(sql);
    for (const { name } of tables) {
      await sql.unsafe(`create table originals.${name} as select regexp_replace(to_jsonb(t)::text, $1, $2, 'g') as row from ${name} t`, [
        ...[ID, `\\1${PLACE}`],
      ]);
    }
    return new Originals(sql, tables);
  }

  /**
   * Copies them. Each copy has ids of its own, which end with `x` and its number: so all references between the copies of one number fit.
   * Their clocks never advance.
   *
   * @param first number of the first copy; earlier numbers are taken
   */
  async copy(first: number, count: number): Promise<void> {
    for (const table of this.tables) {
      for (let from = first; from < first + count; from += AT_ONCE) {
        await copyTable(this.sql, table, from, Math.min(from + AT_ONCE, first + count) - 1);
      }
    }
    await this.sql.unsafe('vacuum analyze');
  }

  async close(): Promise<void> {
    await this.sql`drop schema originals cascade`;
    await this.sql.end({ timeout: 5 });
  }
}

interface Table {
  name: string;
  columns: string[];
}

/** Ordinary tables with rows of customers, and their columns that Postgres does not fill by itself. A table with one row per account is left out. */
async function tablesOf(sql: Sql): Promise<Table[]> {
  await sql.unsafe('analyze');
  return sql<Table[]>`
    select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition and c.reltuples > 0
      and c.relname <> all(${SHARED}) and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
      and exists (select 1 from pg_attribute o where o.attrelid = c.oid and o.attname in ('account', 'transaction', 'workflow'))
      and not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisunique and not exists (
        select 1 from pg_attribute k where k.attrelid = c.oid and k.attnum = any(i.indkey) and k.attname not in ('account', 'livemode')))
    group by 1`;
}

async function copyTable(sql: Sql, { name, columns }: Table, from: number, to: number): Promise<void> {
  await sql.unsafe(
    `insert into ${name} (${columns.join(', ')})
     select ${columns.map((column) => `r.${column}`).join(', ')} from originals.${name} o cross join generate_series($1::int, $2::int) k
     cross join lateral (select replace(o.row, $3, 'x' || k)::jsonb as doc offset 0) copied
     cross join lateral jsonb_populate_record(null::${name}, doc || coalesce((select jsonb_object_agg(key, (value #>> '{}') || 'x' || k)
       from jsonb_each(doc) where key = any($4) and jsonb_typeof(value) = 'string'), '{}')) r`,
    [from, to, PLACE, UNIQUE_TEXTS],
  );
}
