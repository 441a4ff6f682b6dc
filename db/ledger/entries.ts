import type { StatementEntry } from '../../domain/core/ledger';
import type { Sql } from '../connect';
import type { Scope } from './balances';

interface Span {
  ledgerAccount: string;
  currency: string;
  from: number;
  to: number;
}

/**
 * Entries of an account in [from, to), in the order in which they count. Revenue that a schedule earns in the span is one entry per schedule,
 * at the end of the part that it earns.
 *
 * @param page `after`: the id of the last entry of the page before
 */
export async function entriesOf(
  sql: Sql,
  { account, livemode }: Scope,
  { ledgerAccount, currency, from, to }: Span,
  page: { after: string | null; limit: number },
): Promise<StatementEntry[]> {
  const sign = { deferred_revenue: 1, revenue: -1 }[ledgerAccount] ?? 0;
  return sql<StatementEntry[]>`
    with entry as (
      select e.id, e.transaction, e.amount, t.posted, t.seq, t.created, t.type, t.source, t.customer, e.invoice, null::text as invoice_line_item
      from ledger_transactions t join ledger_entries e on e.transaction = t.id
      where t.account = ${account} and t.livemode = ${livemode} and t.posted >= ${from} and t.posted < ${to}
        and e.ledger_account = ${ledgerAccount} and e.currency = ${currency} and e.amount <> 0
      union all
      select s.id, s.transaction, ${sign}::int * (revenue_earned(s, ${to}) - revenue_earned(s, ${from})), least(s.ends_at, ${to}), t.seq, s.created,
        'revenue_earned', s.transaction, t.customer, s.invoice, s.invoice_line_item
      from revenue_schedules s join ledger_transactions t on t.id = s.transaction
      where ${sign}::int <> 0 and s.account = ${account} and s.livemode = ${livemode} and s.currency = ${currency}
        and s.posted < ${to} and (s.ends_at > ${from} or s.posted >= ${from}) and revenue_earned(s, ${to}) <> revenue_earned(s, ${from})
    ), ordered as (
      select *, sum(amount) over (order by posted, seq, id)::bigint as running from entry
    )
    select o.*, ${ledgerAccount}::text as ledger_account, ${currency}::text as currency, i.finalized_at as invoiced_at
    from ordered o left join invoices i on i.id = o.invoice
    where ${page.after}::text is null or (o.posted, o.seq, o.id) > (select posted, seq, id from ordered where id = ${page.after})
    order by o.posted, o.seq, o.id limit ${page.limit}`;
}

/** The commit that posted a transaction; `step` is null once the timeline has forgotten it. */
interface Cause {
  workflow: string;
  commitKey: string;
  step: string | null;
  outcome: string | null;
}

interface PostedTransaction {
  id: string;
  type: string;
  source: string;
  customer: string | null;
  created: number;
  posted: number;
  cause: Cause;
  entries: { id: string; ledgerAccount: string; amount: number; currency: string; invoice: string | null }[];
  schedules: {
    id: string;
    invoiceLineItem: string;
    amount: number;
    currency: string;
    startsAt: number;
    endsAt: number;
    countsFrom: number;
  }[];
}

/** A transaction with its entries, the schedules of its lines, and the commit that caused it. */
export async function findTransaction(sql: Sql, { account, livemode }: Scope, id: string): Promise<PostedTransaction | null> {
  const [row] = await sql<PostedTransaction[]>`
    select t.id, t.type, t.source, t.customer, t.created, t.posted,
      jsonb_build_object('workflow', t.workflow, 'commitKey', t.commit_key, 'step', c.step, 'outcome', c.outcome) as cause,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'ledgerAccount', e.ledger_account, 'amount', e.amount,
        'currency', e.currency, 'invoice', e.invoice) order by e.id) from ledger_entries e where e.transaction = t.id), '[]') as entries,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'invoiceLineItem', s.invoice_line_item, 'amount', s.amount,
        'currency', s.currency, 'startsAt', s.starts_at, 'endsAt', s.ends_at, 'countsFrom', s.counts_from) order by s.id)
        from revenue_schedules s where s.transaction = t.id), '[]') as schedules
    from ledger_transactions t left join commits c on c.workflow = t.workflow and c.commit_key = t.commit_key
    where t.id = ${id} and t.account = ${account} and t.livemode = ${livemode}`;
  return row ?? null;
}
