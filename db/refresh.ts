import { deriveState } from '../domain/agenda/registry';
import { workflowRow, type EntityState } from '../domain/core/entity-state';
import type { Rows } from '../domain/rows/rows';
import type { EntityRef } from '../domain/rows/workflow';
import type { Sql, TransactionSql } from './connect';
import { snakeCase } from './json-rows';
import { awaitedLater, beginSendingLast } from './transactions';

/**
 * Derives an entity's state again under the customer's lock, and writes only the workflow's own row. Without the lock, it would overwrite a
 * wake that another transaction wrote in between.
 */
export async function refreshRow(
  sql: Sql,
  entity: EntityRef,
  now: number,
  load: (tx: TransactionSql) => Promise<Rows>,
): Promise<{ state: EntityState; version: number }> {
  return beginSendingLast(sql, async (tx) => {
    // Sent at once, before statements that are only sent when they are awaited.
    const lock = tx`select 1 from customers where id = ${entity.customer} for update`.execute();
    const [, rows] = await Promise.all([lock, load(tx)]);
    const state = deriveState(entity, rows, now);
    const json = Object.fromEntries(
      Object.entries(workflowRow(entity, state, now)).map(([property, value]) => [snakeCase(property), value]),
    );
    const written = awaitedLater(
      tx<[{ version: number }]>`
      insert into workflows (id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, agenda, started_at, ended_at)
      select id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, agenda, started_at, ended_at
      from jsonb_populate_record(null::workflows, ${JSON.stringify(json)}::text::jsonb)
      on conflict (id) do update set status = excluded.status, next_due = excluded.next_due, next_step = excluded.next_step,
        agenda = excluded.agenda, ended_at = excluded.ended_at, moved_at = now()
      returning version`.execute(),
    );
    return async () => ({ state, version: (await written)[0].version });
  });
}
