import type { TransactionSql } from '../connect';

/** One active meter has an event name, so activations of it run one after another. */
export async function lockEventName(tx: TransactionSql, scope: { account: string; livemode: boolean }, eventName: string): Promise<void> {
  const name = `meter/${scope.account}/${String(scope.livemode)}/${eventName}`;
  await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
