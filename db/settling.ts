import { CALL_ACTIVITIES } from '../domain/core/entity-state';
import type { Sql } from './connect';

/**
 * Whether workflows have done everything due at `now` (epoch seconds, their own time), and make no external call. A held one counts as done.
 * Without a test clock, what has become due since then counts, too: the change may have woken them seconds after `now`, when a processor had answered.
 * A call is due when its workflow found it, which may be a second after the change that woke the workflow.
 */
export async function haveSettled(sql: Sql, workflows: string[], now: number): Promise<boolean> {
  const [row] = await sql<[{ settled: boolean }]>`
    select not exists (
      select 1 from workflows w where w.id in ${sql(workflows)} and w.ended_at is null
        and (w.next_due <= greatest(${now}, case when w.test_clock is null then extract(epoch from now()) end) or w.next_step in ${sql([...CALL_ACTIVITIES])})
        and not exists (select 1 from held h where h.workflow = w.id)
    ) as settled`;
  return row.settled;
}
