/** The facts of a customer, and the rows that a request names beside them, for what the server plans itself. */
import { loadFacts, loadReferenced, type FactsOf } from '../../db/facts';
import type { TransactionSql } from '../../db/connect';
import { rowsFromJson } from '../../db/json-rows';
import { loadRedeeming } from '../../db/redemptions';
import { discountReferences } from '../../domain/discount/references';
import type { RowKind, Rows } from '../../domain/rows/rows';
import type { DiscountParameters } from '../../domain/rows/subscription-parameters';
import type { Scope } from '../http/dependencies';

export type Named = Partial<Record<RowKind, string[]>>;

/** Named prices come with their products; what is redeemed is locked, unless it is only a preview. What does not exist is not there. */
export async function loadWithNamed(
  tx: TransactionSql,
  scope: Scope,
  { named, load = loadRedeeming, ...of }: Omit<FactsOf, 'account'> & { named: Named; load?: typeof loadRedeeming },
): Promise<Rows> {
  const found = await load(tx, scope, of.customer ?? null, named);
  const facts = await loadFacts(tx, { ...of, account: scope.account });
  const products = (found.price ?? []).map((price) => price['product'] as string);
  const more = await loadReferenced(tx, scope, { product: [...new Set(products)] });
  for (const lists of [found, more]) {
    const rows = rowsFromJson(lists);
    for (const kind of Object.keys(lists) as RowKind[]) for (const row of rows.all(kind)) facts.put(kind, row);
  }
  return facts;
}

/** Something that names a price, rates, discounts. */
export interface Naming {
  price?: string | undefined;
  product?: string | undefined;
  tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
}

export function namedBy(scope: Scope, things: readonly Naming[]): Named {
  const discounts = things.flatMap((thing) => thing.discounts ?? []);
  return {
    ...discountReferences(discounts, scope),
    price: things.flatMap(({ price }) => (price === undefined ? [] : [price])),
    product: things.flatMap(({ product }) => (product === undefined ? [] : [product])),
    taxRate: things.flatMap((thing) => thing.tax_rates ?? []),
  };
}
