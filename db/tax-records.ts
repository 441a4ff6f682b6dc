/** What remote tax providers are to be told of, and what they have recorded. */
import type { RemoteTaxProviderName } from '../domain/rows/tax-provider';
import type { RecordedLine, TaxRecord } from '../domain/rows/tax-record';
import type { InvoiceLineItem } from '../domain/rows/invoice';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';

/** One account in one mode, with its documents at one provider. */
export interface TaxSeller {
  provider: RemoteTaxProviderName;
  account: string;
  livemode: boolean;
}

/** A record, and the lines that it is about: those of the invoice, or of the credit note. */
export interface TaxRecordToTell extends TaxRecord {
  /** The provider's calculations of the invoice. */
  calculations: string[];
  /** Everything that the provider has recorded of the invoice so far. */
  knownLines: RecordedLine[];
  /** What it has recorded of the record's credit note, or refund. */
  takenLines: RecordedLine[];
  documentLines: DocumentLine[];
}

export type DocumentLine = Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'> & { line: string | null };

/** @param now real epoch seconds */
export function sellersWithDueRecords(sql: TransactionSql, now: number): Promise<TaxSeller[]> {
  return sql<TaxSeller[]>`
    select distinct provider, account, livemode from tax_records where status = 'pending' and next_try_at <= ${now}`;
}

/** The records whose turn it is: of one invoice, the earliest only. Real epoch seconds. */
export async function dueTaxRecords(sql: Sql, seller: TaxSeller, { now, limit }: { now: number; limit: number }): Promise<TaxRecord[]> {
  const rows = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(r) as row from tax_records r
    where r.status = 'pending' and r.next_try_at <= ${now} and ${of(sql, seller)} and ${isEarliest(sql)}
    order by r.next_try_at, r.seq limit ${limit}`;
  return rows.map(({ row }) => fromJson(row) as unknown as TaxRecord);
}

/** When the next record is due, in real epoch seconds; null if none is pending. */
export async function nextTaxRecordAt(sql: Sql, seller: TaxSeller): Promise<number | null> {
  const [row] = await sql<{ next: number | null }[]>`
    select min(r.next_try_at) as next from tax_records r where r.status = 'pending' and ${of(sql, seller)} and ${isEarliest(sql)}`;
  return row?.next ?? null;
}

const of = (sql: Sql, { provider, account, livemode }: TaxSeller) =>
  sql`r.provider = ${provider} and r.account = ${account} and r.livemode = ${livemode}`;

const isEarliest = (sql: Sql) =>
  sql`not exists (select 1 from tax_records o where o.invoice = r.invoice and o.status = 'pending' and o.seq < r.seq)`;

export async function findTaxRecord(sql: Sql, id: string): Promise<TaxRecordToTell | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) || jsonb_build_object(
      'calculations', coalesce((select c.provider_calculations from tax_calculations c where c.invoice = t.invoice), '[]'),
      'known_lines', coalesce((
        select jsonb_agg(l order by o.seq) from tax_records o, jsonb_array_elements(o.lines) l where o.invoice = t.invoice), '[]'),
      'taken_lines', coalesce((
        select jsonb_agg(l) from tax_records o, jsonb_array_elements(o.lines) l
        where o.invoice = t.invoice and o.kind in ('credit', 'refund')
          and (o.credit_note = t.credit_note or o.refund_part = t.refund_part)), '[]'),
      'document_lines', coalesce(case when t.credit_note is null then (
          select jsonb_agg(jsonb_build_object('line', i.id, 'amount', i.amount, 'discountAmounts', i.discount_amounts,
            'creditAmounts', i.credit_amounts, 'taxes', i.taxes) order by i.position)
          from invoice_line_items i where i.invoice = t.invoice)
        else (
          select jsonb_agg(jsonb_build_object('line', n.invoice_line_item, 'amount', n.amount, 'discountAmounts', n.discount_amounts,
            'creditAmounts', n.credit_amounts, 'taxes', n.taxes) order by n.seq)
          from credit_note_line_items n where n.credit_note = t.credit_note) end, '[]')) as row
    from tax_records t where t.id = ${id}`;
  return found ? (fromJson(found.row) as unknown as TaxRecordToTell) : null;
}

/** Keeps what the provider has recorded; at once, so that a later step of the same record knows it. */
export async function keepTaxRecord(
  sql: Sql,
  id: string,
  change: Pick<TaxRecord, 'status' | 'problem' | 'nextTryAt' | 'lines'>,
): Promise<void> {
  const { status, problem, nextTryAt, lines } = change;
  await sql`
    update tax_records set status = ${status}, problem = ${problem}, next_try_at = ${nextTryAt}, lines = ${sql.json(lines as never)} where id = ${id}`;
}
