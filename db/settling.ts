import { CALL_ACTIVITIES } from '../domain/core/entity-state';
import type { Sql } from './connect';

/**
 * Whether workflows have done everything due at `now` (epoch seconds, their own time), and make no external call. A held one counts as done.
 * In real time, what has become due since `now` counts, too: where a processor was asked first, the change has woken them only when it answered.
 * A call is due when its workflow found it, which may be a second after the change that woke the workflow.
 */
export async function haveSettled(sql: Sql, workflows: string[], now: number): Promise<boolean> {
  const [row] = await sql<[{ settled: boolean }]>`
    select not exists (
      select 1 from workflows w where w.id in ${sql(workflows)} and w.ended_at is null
        and (w.next_due <= ${now} or (w.test_clock is null and w.next_due <= extract(epoch from now())) or w.next_step in ${sql([...CALL_ACTIVITIES])})
        and not exists (select 1 from held h where h.workflow = w.id)
    ) as settled`;
  return row.settled;
}
