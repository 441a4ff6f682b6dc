/** What remote tax providers are to be told of. One worker at a time has a record, for some minutes. */
import type { RemoteTaxProviderName } from '../domain/rows/tax-calculation';
import type { RecordedLine, TaxRecord } from '../domain/rows/tax-record';
import type { InvoiceLineItem } from '../domain/rows/invoice';
import type { Sql } from './connect';
import { fromJson } from './json-rows';

/** Longer than all calls of one record take. */
const LEASE_SECONDS = 300;

/** A record whose turn it is, and the lines that it is about: those of the invoice, or of the credit note. */
export interface DueTaxRecord extends TaxRecord {
  /** The provider's calculations of the invoice. */
  calculations: string[];
  /** Everything that the provider has recorded of the invoice so far. */
  knownLines: RecordedLine[];
  documentLines: DocumentLine[];
}

export type DocumentLine = Pick<InvoiceLineItem, 'amount' | 'discountAmounts' | 'creditAmounts' | 'taxes'> & { line: string | null };

/** Takes the next record that is due; of one invoice, the earlier one first. Null if there is none. Real epoch seconds. */
export async function takeTaxRecord(sql: Sql, providers: readonly RemoteTaxProviderName[], now: number): Promise<DueTaxRecord | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    with taken as (
      update tax_records set next_try_at = ${now + LEASE_SECONDS}
      where id = (
        select r.id from tax_records r
        where r.status = 'pending' and r.next_try_at <= ${now} and r.provider in ${sql(providers)}
          and not exists (select 1 from tax_records o where o.invoice = r.invoice and o.status = 'pending' and o.seq < r.seq)
        order by r.next_try_at, r.seq limit 1 for update skip locked)
      returning *)
    select to_jsonb(t) || jsonb_build_object(
      'calculations', (select c.provider_calculations from tax_calculations c where c.invoice = t.invoice),
      'known_lines', coalesce((select jsonb_agg(l) from tax_records o, jsonb_array_elements(o.lines) l where o.invoice = t.invoice), '[]'),
      'document_lines', coalesce(case when t.credit_note is null then (
          select jsonb_agg(jsonb_build_object('line', i.id, 'amount', i.amount, 'discountAmounts', i.discount_amounts,
            'creditAmounts', i.credit_amounts, 'taxes', i.taxes) order by i.position)
          from invoice_line_items i where i.invoice = t.invoice)
        else (
          select jsonb_agg(jsonb_build_object('line', n.invoice_line_item, 'amount', n.amount, 'discountAmounts', n.discount_amounts,
            'creditAmounts', n.credit_amounts, 'taxes', n.taxes) order by n.seq)
          from credit_note_line_items n where n.credit_note = t.credit_note) end, '[]')) as row
    from taken t`;
  return found ? (fromJson(found.row) as unknown as DueTaxRecord) : null;
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
