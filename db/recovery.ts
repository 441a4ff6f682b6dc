/** What planners of recoveries ask for: programs, and how cards were tried lately. */
import type { ChangeContext } from '../domain/core/change-set';
import { cardTriesIn, NETWORK_MEMORY } from '../domain/recovery/network-rules';
import type { CardTry } from '../domain/rows/payment-attempt';
import type { RecoveryProgram } from '../domain/rows/recovery-program';
import type { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import type { Filter } from './lists';
import { loadMatching } from './matching';

export async function activePrograms(tx: TransactionSql, scope: ChangeContext): Promise<RecoveryProgram[]> {
  const rows = await loadMatching(tx, scope, [{ kind: 'recoveryProgram', filters: [{ column: 'active', equals: true }] }]);
  return rows.all('recoveryProgram');
}

/**
 * By fingerprint. Networks count a card's tries for all of the seller's customers. Everybody shares the test cards, so those count for each
 * customer of the facts apart.
 */
export async function triesOfCards(
  tx: TransactionSql,
  scope: ChangeContext,
  { cards, facts }: { cards: readonly string[]; facts: Rows },
): Promise<Map<string, CardTry[]>> {
  if (cards.length === 0) return new Map();
  const customers = facts.all('customer').map(({ id }) => id);
  const filters: Filter[] = [
    { column: 'fingerprint', among: cards },
    { column: 'created', range: { gte: scope.now - NETWORK_MEMORY } },
    ...(scope.livemode ? [] : [{ column: 'customer', among: customers }]),
  ];
  const attempts = (await loadMatching(tx, scope, [{ kind: 'paymentAttempt', filters }])).all('paymentAttempt');
  return new Map(cards.map((card) => [card, cardTriesIn(attempts.filter(({ fingerprint }) => fingerprint === card))]));
}
