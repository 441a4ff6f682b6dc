import type { Rows } from '../domain/rows/rows';
import type { WorkflowRow } from '../domain/rows/workflow';
import type { Sql, TransactionSql } from './connect';
import { snakeCase } from './json-rows';

/**
 * Where an entity stands, under the customer's lock: only the workflow's own row is written. Without the lock, a wake that
 * another transaction wrote in between would be overwritten.
 */
export async function refreshRow(
  sql: Sql,
  customer: string | null,
  load: (tx: TransactionSql) => Promise<Rows>,
  rowOf: (rows: Rows) => WorkflowRow,
): Promise<{ rows: Rows; version: number }> {
  return sql.begin(async (tx) => {
    // Sent at once, before what is only sent when it is awaited.
    const lock = tx`select 1 from customers where id = ${customer} for update`.execute();
    const [, rows] = await Promise.all([lock, load(tx)]);
    const row = rowOf(rows);
    const json = Object.fromEntries(Object.entries(row).map(([property, value]) => [snakeCase(property), value]));
    const [{ version }] = await tx<[{ version: number }]>`
      insert into workflows (id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, agenda, started_at, ended_at)
      select id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, agenda, started_at, ended_at
      from jsonb_populate_record(null::workflows, ${JSON.stringify(json)}::text::jsonb)
      on conflict (id) do update set status = excluded.status, next_due = excluded.next_due, next_step = excluded.next_step,
        agenda = excluded.agenda, ended_at = excluded.ended_at, moved_at = now()
      returning version`;
    return { rows, version };
  });
}
