/** Past and planned steps, from the workflows' own rows. */
import type { AgendaItem } from '../domain/rows/workflow';
import type { Sql, TransactionSql } from './connect';

export interface DoneStep {
  workflow: string;
  step: string;
  commitKey: string;
  at: number;
  outcome: string | null;
}

/** Identifies a step. */
export type StepKey = Pick<DoneStep, 'workflow' | 'commitKey'>;

export interface PlannedStep {
  workflow: string;
  status: string;
  agenda: AgendaItem[];
}

export async function wasCommitted(sql: Sql | TransactionSql, workflow: string, commitKey: string): Promise<boolean> {
  const rows = await sql`select 1 from commits where workflow = ${workflow} and commit_key = ${commitKey}`;
  return rows.length > 0;
}

/** The workflow among these that committed a commit key; null if none did. */
export async function committedBy(sql: Sql, workflows: string[], commitKey: string): Promise<string | null> {
  const [row] = await sql<
    { workflow: string }[]
  >`select workflow from commits where workflow = any(${workflows}) and commit_key = ${commitKey}`;
  return row?.workflow ?? null;
}

/** The last `limit` commits before `before`, oldest first, of the workflows of a subscription and of everything related to it. */
export async function doneSteps(
  sql: Sql,
  subscription: string,
  page: { before: StepKey | null; limit: number },
): Promise<{ steps: DoneStep[]; hasMore: boolean }> {
  const { before, limit } = page;
  const earlier = before
    ? sql`and c.seq < (select seq from commits where workflow = ${before.workflow} and commit_key = ${before.commitKey})`
    : sql``;
  const rows = await sql<DoneStep[]>`
    ${ofSubscription(sql, subscription)}
    select c.workflow, c.step, c.commit_key, c.at, c.outcome from commits c
    where c.workflow in (select id from concerned) ${earlier} order by c.seq desc limit ${limit + 1}`;
  return { steps: rows.slice(0, limit).reverse(), hasMore: rows.length > limit };
}

/** The planned steps of the running workflows among them. */
export function plannedSteps(sql: Sql, subscription: string): Promise<PlannedStep[]> {
  return sql<PlannedStep[]>`
    ${ofSubscription(sql, subscription)}
    select w.id as workflow, w.status, w.agenda from workflows w
    where w.id in (select id from concerned) and w.ended_at is null order by w.next_due nulls last, w.id`;
}

const ofSubscription = (sql: Sql, subscription: string) => sql`
  with inv as (
    select id from invoices where subscription = ${subscription}
    union all select id from invoices where consolidates <> '{}' and consolidates @> array[${subscription}::text]
  ),
  intent as (select p.id from payment_intents p where p.invoice in (select id from inv)),
  charge as (select c.id from charges c where c.payment_intent in (select id from intent)),
  concerned as (
    select 'subscription/' || ${subscription}::text as id
    union all select 'schedule/' || s.id from subscription_schedules s where ${subscription}::text in (s.subscription, s.released_subscription)
    union all select 'dunning/' || id from inv
    union all select 'invoice/' || id from inv
    union all select 'api/' || id from inv
    union all select 'payment/' || id from intent
    union all select 'refund/' || r.id from refunds r where r.charge in (select id from charge)
    union all select 'dispute/' || d.id from disputes d where d.charge in (select id from charge)
  )`;
