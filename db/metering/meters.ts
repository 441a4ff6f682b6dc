import type { TransactionSql } from '../connect';
import { lockName } from '../lock-name';

/** One active meter has an event name, so activations of it run one after another. */
export async function lockEventName(tx: TransactionSql, scope: { account: string; livemode: boolean }, eventName: string): Promise<void> {
  await lockName(tx, `meter/${scope.account}/${String(scope.livemode)}/${eventName}`);
}
