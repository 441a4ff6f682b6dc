/** Whether Temporal's workflows and the books say the same: after a restore, the one may be newer than the other. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Sql } from '../../db/connect';
import { WORKFLOW_KINDS, type AgendaItem, type EntityRef } from '../../domain/rows/workflow';
import { endWorkflow } from '../../temporal/advance';
import { wakeEntities } from '../../temporal/entities';
import { agendaQuery } from '../../workflows/contract';

/** A row of the books that has not ended. */
interface Expected extends EntityRef {
  id: string;
  status: string;
  agenda: AgendaItem[];
  isDue: boolean;
  /** The present time of the entity: its test clock's, if it has one. */
  now: number;
}

export interface Agreement {
  /** Workflows that wait for the same as their rows say. */
  agreeing: number;
  /** They run, and wait for something else. */
  differing: Expected[];
  /** The books have them due, and they do not run. */
  missing: Expected[];
  /** They do not run, and nothing is due: the sweep starts them when it is. */
  startedLater: number;
  /** They run, and the books do not know them, or have ended them. */
  unknown: string[];
}

const AT_ONCE = 16;
const QUERY_MS = 20_000;

/** Compares every running workflow of an entity with its row. Workers must run, because they answer for their workflows. */
export async function compare(client: Client, sql: Sql, taskQueue: string): Promise<Agreement> {
  const running = new Set<string>();
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query })) if (isEntity(workflowId)) running.add(workflowId);
  const agreement: Agreement = { agreeing: 0, differing: [], missing: [], startedLater: 0, unknown: [] };
  for await (const rows of openRows(sql)) {
    const asked = rows.filter(({ id }) => running.has(id));
    for (const row of rows.filter(({ id }) => !running.has(id))) {
      if (row.isDue) agreement.missing.push(row);
      else agreement.startedLater += 1;
    }
    const isSame = await Promise.all(asked.map((row) => waitsForTheSame(client, row)));
    agreement.agreeing += isSame.filter(Boolean).length;
    agreement.differing.push(...asked.filter((_, index) => isSame[index] === false));
    for (const { id } of asked) running.delete(id);
  }
  agreement.unknown.push(...running);
  return agreement;
}

/** Makes workflows read their rows again, starts what is due, and ends what the books do not know. */
export async function repair(client: Client, taskQueue: string, { differing, missing, unknown }: Agreement): Promise<void> {
  for (const workflow of unknown) await endWorkflow(client, workflow, 'the books do not know it');
  for (const { now, ...entity } of [...differing, ...missing]) await wakeEntities(client, taskQueue, [entity], now);
}

const isEntity = (workflow: string): boolean => (WORKFLOW_KINDS as readonly string[]).includes(workflow.split('/')[0] ?? '');

/** Rows that have not ended and are not held, in portions, each with whether it is due at its own time. */
function openRows(sql: Sql): AsyncIterable<Expected[]> {
  return sql<Expected[]>`
    select w.id, w.kind, w.subject, w.account, w.livemode, w.customer, w.test_clock, w.status, w.agenda, own.now, coalesce(w.next_due <= own.now, false) as is_due
    from workflows w left join test_clocks t on t.id = w.test_clock
    cross join lateral (select coalesce(t.frozen_time, extract(epoch from now())::bigint) as now) own
    where w.ended_at is null and not coalesce(t.deleted, false) and not exists (select 1 from held h where h.workflow = w.id)
    order by w.id`.cursor(AT_ONCE);
}

/** What a workflow says it waits for next, against its row. A workflow that does not answer differs. */
async function waitsForTheSame(client: Client, row: Expected): Promise<boolean> {
  try {
    const told = await client.withDeadline(Date.now() + QUERY_MS, () => client.workflow.getHandle(row.id).query(agendaQuery));
    return told.status === row.status && nextOf(told.agenda) === nextOf(row.agenda);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw new Error(`${row.id} does not say what it waits for: do workers run?`, { cause: error });
  }
}

const nextOf = ([next]: AgendaItem[]): string => (next ? `${next.key} at ${String(next.at)}` : 'nothing');
