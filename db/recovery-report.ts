/** What recoveries have brought, by what they followed and what paid the invoice in the end. */
import type { Scope } from '../domain/core/steps';
import type { RecoveryFigures, RecoveryGroup } from '../domain/rows/recovery-report';
import type { Sql } from './connect';

/** A row for each group and currency, and a total for each currency. */
export async function recoveryFigures(
  sql: Sql,
  { account, livemode }: Scope,
  { from, to, by, program }: { from: number; to: number; by: RecoveryGroup; program: string | null },
): Promise<RecoveryFigures[]> {
  const id = sql`coalesce(d.program ->> 'id', 'default')`;
  const version = sql`${id} || '/' || (d.program ->> 'version')`;
  const groups = {
    arm: sql`${version} || coalesce('/' || (d.program ->> 'arm'), '')`,
    decline_code: sql`d.first_decline_code`,
    program: id,
    // The retry that has paid the invoice, by its place; or what else did.
    step: sql`case when d.recovered_by = 'retry' then ${version} || '/' || d.recovered_step else d.recovered_by end`,
    version,
  };
  return sql<RecoveryFigures[]>`
    select d."group", grouping(d."group") = 1 as is_total, i.currency, count(*)::int as invoices,
      count(*) filter (where d.status = 'recovered')::int as recovered, count(*) filter (where d.status = 'exhausted')::int as exhausted,
      count(*) filter (where d.status = 'stopped')::int as stopped, count(*) filter (where d.status = 'running')::int as running,
      sum(d.amount)::bigint as amount, sum(i.amount_paid - d.paid_before)::bigint as amount_recovered,
      sum(i.pre_payment_credit_notes_amount - d.credited_before)::bigint as amount_credited,
      coalesce(sum(i.amount_remaining) filter (where d.status <> 'running'), 0)::bigint as amount_lost,
      coalesce(sum(i.amount_remaining) filter (where d.status = 'running'), 0)::bigint as amount_open
    from (
      select d.*, ${groups[by]} as "group" from dunnings d
      where d.account = ${account} and d.livemode = ${livemode} and d.created >= ${from} and d.created < ${to}
        ${program === null ? sql`` : sql`and ${id} = ${program}`}
    ) d join invoices i on i.id = d.invoice
    group by grouping sets ((i.currency, d."group"), (i.currency)) order by i.currency, invoices desc, d."group"`;
}
