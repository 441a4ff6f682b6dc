/** The facts of a change, and the rows that its request references. */
import type { Named, Scope } from '../domain/core/steps';
import { Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { loadAttaching } from './attaching';
import { loadFacts, type FactsOf } from './facts';
import { catalogFacts } from './facts/catalog';
import { ask, type FactLists } from './facts/statement';
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
  const [revised = null] = named.invoice ?? [];
  const facts = await loadFacts(
    tx,
    { ...of, account: scope.account, revised },
    { found: () => load(tx, scope, of.customer ?? null, named), behind: (found) => loadProducts(tx, scope, found) },
  );
  const { paymentIntent: intents = [], paymentRecord: records = [] } = named;
  if (intents.length + records.length > 0) facts.putAll(await loadAttaching(tx, { intents, records }));
  return facts;
}

async function loadProducts(tx: TransactionSql, scope: Scope, { price = [] }: FactLists): Promise<Rows> {
  const prices = (price ?? []).map((each) => each['id'] as string);
  return prices.length === 0 ? new Rows() : ask(tx, catalogFacts, { ...scope, prices });
}
