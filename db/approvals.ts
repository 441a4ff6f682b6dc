/** Approvals: tasks about one call of an agent, found by the call's name. */
import type { Task } from '../domain/rows/task';
import type { Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { lockName } from './lock-name';
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

/**
 * Runs `work` while no other process runs one of the same name. It holds a connection for as long, so a process asks for one at a time.
 *
 * @throws Error of Postgres (lock_not_available) if that takes longer than `patience` milliseconds
 */
export async function oneAtATime<T>(sql: Sql, name: string, patience: number, work: () => Promise<T>): Promise<T> {
  return (await sql.begin(async (tx) => {
    await tx`
      select set_config('lock_timeout', ${String(patience)}, true), set_config('statement_timeout', ${String(patience)}, true),
        set_config('idle_in_transaction_session_timeout', ${String(2 * patience)}, true)`;
    await lockName(tx, name);
    return work();
  })) as T;
}
