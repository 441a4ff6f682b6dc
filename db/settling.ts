import type { Sql } from './connect';

/** Whether workflows have done everything due at `now` (epoch seconds, their own time). A held one counts as done. */
export async function haveSettled(sql: Sql, workflows: string[], now: number): Promise<boolean> {
  const [row] = await sql<[{ settled: boolean }]>`
    select not exists (
      select 1 from workflows w where w.id in ${sql(workflows)} and w.ended_at is null and w.next_due <= ${now}
        and not exists (select 1 from held h where h.workflow = w.id)
    ) as settled`;
  return row.settled;
}
