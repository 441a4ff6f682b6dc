/** What must hold in books that were restored, whatever they are of. */
import type { TransactionSql, Sql } from '../../db/connect';

type Reader = Sql | TransactionSql;

/** Name of each table, and how many rows it has with which sum of all values. */
export type Contents = Record<string, string>;

/** Every table by its rows, as one number that differs if any value does, in whatever order they are. */
export async function contentsOf(sql: Reader): Promise<Contents> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`;
  const contents: Contents = {};
  for (const { name } of tables) {
    const [row] = await sql<{ count: string; sum: string }[]>`
      select count(*)::text as count, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum from ${sql(name)} t`;
    contents[name] = `${row?.count ?? '0'} rows, ${row?.sum ?? '0'}`;
  }
  return contents;
}

/** Names of tables that differ. */
export function differencesBetween(one: Contents, other: Contents): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => one[name] !== other[name]).sort();
}

/** Every way in which the ledger contradicts itself or the invoices. */
export async function ledgerFaults(sql: Reader): Promise<string[]> {
  const rows = await sql<{ fault: string }[]>`
    select 'the transaction ' || transaction || ' is off by ' || sum(amount) || ' ' || currency as fault
    from ledger_entries group by transaction, currency having sum(amount) <> 0
    union all
    select 'the receivable of ' || i.id || ' is ' || coalesce(sum(e.amount), 0) || ', not ' || i.amount_remaining
    from invoices i left join ledger_entries e on e.invoice = i.id and e.ledger_account = 'receivable'
    where i.status = 'open' group by i.id having coalesce(sum(e.amount), 0) <> i.amount_remaining`;
  return rows.map(({ fault }) => fault);
}
