/** Approvals: tasks about one call of an agent, found by the call's name. */
import type { Task } from '../domain/rows/task';
import type { Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { byKey, loadMatching } from './matching';

export async function findApproval(
  sql: Sql,
  { account, livemode }: { account: string; livemode: boolean },
  about: string,
): Promise<Task | null> {
  const [row] = await sql<Task[]>`
    select * from tasks where about = ${about} and type = 'approval' and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

/** The approval, locked, because it has no customer; and the account's settings. */
export async function loadApprovalFacts(tx: TransactionSql, scope: Scope, id: string): Promise<Rows> {
  await tx`select 1 from tasks where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} for update`;
  return loadMatching(tx, scope, [{ kind: 'account', filters: [] }, byKey('task', id)]);
}
