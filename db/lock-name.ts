import type { TransactionSql } from './connect';

/** Transactions that lock the same name run one after another. */
export async function lockName(tx: TransactionSql, name: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
