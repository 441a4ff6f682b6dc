import type { Sql, TransactionSql } from './connect';
import type { Cursor, Page } from './lists';

/** One page of an invoice's lines, first to last. Null if the cursor is not one of its lines. */
export async function listInvoiceLines(sql: Sql, invoice: string, page: { cursor: Cursor | null; limit: number }): Promise<Page | null> {
  const { cursor, limit } = page;
  const isBefore = cursor?.direction === 'before';
  let bound = sql``;
  if (cursor !== null) {
    const [at] = await sql<
      { position: number }[]
    >`select position from invoice_line_items where invoice = ${invoice} and id = ${cursor.id}`;
    if (!at) return null;
    bound = isBefore ? sql`and position < ${at.position}` : sql`and position > ${at.position}`;
  }
  const rows = await sql<{ id: string }[]>`
    select id from invoice_line_items where invoice = ${invoice} ${bound}
    order by position ${isBefore ? sql`desc` : sql``} limit ${limit + 1}`;
  const keys = rows.slice(0, limit).map(({ id }) => id);
  return { keys: isBefore ? keys.reverse() : keys, hasMore: rows.length > limit };
}

/** The invoice items behind its lines. */
export async function itemsBehindLines(sql: Sql | TransactionSql, invoice: string): Promise<string[]> {
  const rows = await sql<{ invoiceItem: string }[]>`
    select invoice_item from invoice_line_items where invoice = ${invoice} and invoice_item is not null`;
  return rows.map(({ invoiceItem }) => invoiceItem);
}
