/** The facts of what is asked for, and the rows that a request names beside them. */
import type { Named, Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadFacts, loadReferenced, type FactsOf } from './facts';
import { rowsFromJson } from './json-rows';
import { loadRedeeming } from './redemptions';

/**
 * Named prices come with their products. What does not exist is not there.
 *
 * @param of.load how redeemed coupons and codes are read: locked, unless it is only a preview
 */
export async function loadWithNamed(
  tx: TransactionSql,
  scope: Scope,
  { named, load = loadRedeeming, ...of }: Omit<FactsOf, 'account'> & { named: Named; load?: typeof loadRedeeming },
): Promise<Rows> {
  const found = await load(tx, scope, of.customer ?? null, named);
  const facts = await loadFacts(tx, { ...of, account: scope.account });
  const products = (found.price ?? []).map((price) => price['product'] as string);
  facts.putAll(rowsFromJson(found));
  facts.putAll(rowsFromJson(await loadReferenced(tx, scope, { product: [...new Set(products)] })));
  return facts;
}
