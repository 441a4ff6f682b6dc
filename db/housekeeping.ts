/** One transaction of housekeeping: the process with the lock removes a portion of one kind of old rows. */
import type { Sql, TransactionSql } from './connect';
import type { Keep, Retention } from './retention';

/** `busy`: another process has the lock. */
export type Portion = 'more' | 'done' | 'busy';

/** An arbitrary number, the same in every process. */
const LOCK = 7_341_003;

export async function prunePortion(sql: Sql, { days, prune }: Retention, keep: Keep): Promise<Portion> {
  const kept = typeof days === 'number' ? days : days(keep);
  if (kept === null) return 'done';
  return sql.begin<Portion>(async (tx) => {
    if (!(await isOurs(tx))) return 'busy';
    await tx`set local statement_timeout = '30s'`;
    return (await prune(tx, kept)) ? 'more' : 'done';
  });
}

async function isOurs(tx: TransactionSql): Promise<boolean> {
  const [lock] = await tx<{ ours: boolean }[]>`select pg_try_advisory_xact_lock(${LOCK}) as ours`;
  return lock?.ours ?? false;
}
