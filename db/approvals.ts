/** Approvals: tasks about one call of an agent, found by the call's name. */
import type { Task } from '../domain/rows/task';
import type { Sql } from './connect';

export async function findApproval(
  sql: Sql,
  { account, livemode }: { account: string; livemode: boolean },
  about: string,
): Promise<Task | null> {
  const [row] = await sql<Task[]>`
    select * from tasks where about = ${about} and type = 'approval' and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}
