import type { Sql, TransactionSql } from './connect';
import type { Cursor, Page } from './lists';

/** The lines of an invoice or of a credit note, in the order of their positions. */
const LINES = {
  invoice: { table: 'invoice_line_items', owner: 'invoice' },
  creditNote: { table: 'credit_note_line_items', owner: 'credit_note' },
} as const;

/** The shipping cost is shown apart from the lines. */
const isShown = (sql: Sql, kind: keyof typeof LINES) =>
  kind === 'invoice' ? sql`basis->'shipping' is null` : sql`type <> 'shipping_cost'`;

/** One page of the lines, first to last. Null if the cursor is not one of them. */
export async function listLinesOf(
  sql: Sql,
  kind: keyof typeof LINES,
  owner: string,
  { cursor, limit }: { cursor: Cursor | null; limit: number },
): Promise<Page | null> {
  const isBefore = cursor?.direction === 'before';
  const own = sql`from ${sql(LINES[kind].table)} where ${sql(LINES[kind].owner)} = ${owner} and ${isShown(sql, kind)}`;
  let bound = sql``;
  if (cursor !== null) {
    const [at] = await sql<{ position: number }[]>`select position ${own} and id = ${cursor.id}`;
    if (!at) return null;
    bound = isBefore ? sql`and position < ${at.position}` : sql`and position > ${at.position}`;
  }
  const rows = await sql<{ id: string }[]>`
    select id ${own} ${bound} order by position ${isBefore ? sql`desc` : sql``} limit ${limit + 1}`;
  const keys = rows.slice(0, limit).map(({ id }) => id);
  return { keys: isBefore ? keys.reverse() : keys, hasMore: rows.length > limit };
}

/** The invoice items behind its lines. */
export async function itemsBehindLines(sql: Sql | TransactionSql, invoice: string): Promise<string[]> {
  const rows = await sql<{ invoiceItem: string }[]>`
    select invoice_item from invoice_line_items where invoice = ${invoice} and invoice_item is not null`;
  return rows.map(({ invoiceItem }) => invoiceItem);
}
