/** What must be true after any load and any kill. */
import type { Sql } from '../../db/connect';

/** Sentences about what is wrong; none is what there should be. @param invoices how many paid invoices each subscription must have */
export async function wrongInBooks(sql: Sql, of: { subscriptions: string[]; invoices: number }): Promise<string[]> {
  const found = await Promise.all([
    sql<Wrong[]>`
      select s.id || ' has ' || count(i.id) || ' paid invoices' as wrong
      from unnest(${of.subscriptions}::text[]) s(id) left join invoices i on i.subscription = s.id and i.status = 'paid'
      group by s.id having count(i.id) <> ${of.invoices} limit 5`,
    sql<Wrong[]>`
      select i.id || ' was charged ' || count(o.key) || ' times' as wrong
      from invoices i left join payment_intents p on p.invoice = i.id left join payment_attempts a on a.intent = p.id
      left join sandbox_operations o on o.kind = 'charge' and o.answer ->> 'outcome' = 'succeeded' and o.key = a.id
      where i.status = 'paid' and i.amount_paid > 0 group by i.id having count(o.key) <> 1 limit 5`,
    sql<Wrong[]>`select 'the ledger is off by ' || sum(amount) as wrong from ledger_entries group by currency having sum(amount) <> 0`,
    sql<Wrong[]>`
      select 'receivables are ' || sum(amount) as wrong from ledger_entries where ledger_account = 'receivable' having sum(amount) <> 0`,
    sql<Wrong[]>`select id || ' is ' || status as wrong from payment_attempts where status in ('open', 'unknown') limit 5`,
    sql<Wrong[]>`select workflow || ' is held' as wrong from held limit 5`,
  ]);
  return found.flat().map(({ wrong }) => wrong);
}

interface Wrong {
  wrong: string;
}
