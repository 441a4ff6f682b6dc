/** The facts of a change, and the rows that its request references. */
import type { Named, Scope } from '../domain/core/steps';
import type { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadAttaching } from './attaching';
import { loadFacts, loadReferenced, type FactsOf } from './facts';
import { rowsFromJson } from './json-rows';
import { loadRedeeming } from './redemptions';

/**
 * Referenced prices come with their products. Missing rows are left out.
 *
 * @param of.load reads redeemed coupons and codes: locked, except for a preview
 */
export async function loadWithNamed(
  tx: TransactionSql,
  scope: Scope,
  { named, load = loadRedeeming, ...of }: Omit<FactsOf, 'account'> & { named: Named; load?: typeof loadRedeeming },
): Promise<Rows> {
  const found = await load(tx, scope, of.customer ?? null, named);
  const [revised = null] = named.invoice ?? [];
  const facts = await loadFacts(tx, { ...of, account: scope.account, revised });
  const products = (found.price ?? []).map((price) => price['product'] as string);
  facts.putAll(rowsFromJson(found));
  facts.putAll(rowsFromJson(await loadReferenced(tx, scope, { product: [...new Set(products)] })));
  const { paymentIntent: intents = [], paymentRecord: records = [] } = named;
  if (intents.length + records.length > 0) facts.putAll(await loadAttaching(tx, { intents, records }));
  return facts;
}
