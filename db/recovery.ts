/** Recovery programs, as planners ask for them. */
import type { Scope } from '../domain/core/steps';
import type { RecoveryProgram } from '../domain/rows/recovery-program';
import type { TransactionSql } from './connect';
import { loadMatching } from './matching';

export async function activePrograms(tx: TransactionSql, { account, livemode }: Scope): Promise<RecoveryProgram[]> {
  const rows = await loadMatching(tx, { account, livemode }, [{ kind: 'recoveryProgram', filters: [{ column: 'active', equals: true }] }]);
  return rows.all('recoveryProgram');
}
