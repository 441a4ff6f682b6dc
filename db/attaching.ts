/** What is known of payment intents and payment records that a request attaches to an invoice. */
import type { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import type { FactLists } from './facts/statement';
import { rowsFromJson } from './json-rows';

/** The intents' charges with refunds and disputes, and the invoices that intents and records pay already. */
export async function loadAttaching(tx: TransactionSql, { intents, records }: { intents: string[]; records: string[] }): Promise<Rows> {
  const [row] = await tx<{ facts: FactLists }[]>`
    with charge as (
      select * from charges where id = any(array(select latest_charge from payment_intents where id = any(${intents})))
    )
    select json_build_object(
      'charge', (select json_agg(t) from charge t),
      'refund', (select json_agg(t) from refunds t where t.charge = any(array(select id from charge))),
      'dispute', (select json_agg(t) from disputes t where t.charge = any(array(select id from charge))),
      'invoicePayment', (select json_agg(t) from invoice_payments t where t.payment_intent = any(${intents}) or t.payment_record = any(${records}))
    ) as facts`;
  return rowsFromJson(row?.facts ?? {});
}
