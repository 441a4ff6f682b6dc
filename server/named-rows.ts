/** The facts of a customer, and the rows that a request names beside them, for what the server plans itself. */
import { loadFacts, loadReferenced, type FactsOf } from '../db/facts';
import type { Sql, TransactionSql } from '../db/connect';
import { rowsFromJson } from '../db/json-rows';
import { couponKey } from '../db/lookup';
import type { RowKind, Rows } from '../domain/rows';
import type { DiscountParameters } from '../domain/subscription-parameters';
import type { Scope } from './dependencies';

export type Named = Partial<Record<RowKind, string[]>>;

/** Named prices come with their products. What does not exist is not among the rows. */
export async function loadWithNamed(tx: Sql | TransactionSql, scope: Scope, of: Omit<FactsOf, 'account'>, named: Named): Promise<Rows> {
  const [facts, found] = await Promise.all([loadFacts(tx, { ...of, account: scope.account }), loadReferenced(tx, scope, named)]);
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
    coupon: discounts.flatMap(({ coupon }) => (coupon === undefined ? [] : [couponKey(scope, coupon)])),
    discount: discounts.flatMap(({ discount }) => (discount === undefined ? [] : [discount])),
    price: things.flatMap(({ price }) => (price === undefined ? [] : [price])),
    product: things.flatMap(({ product }) => (product === undefined ? [] : [product])),
    taxRate: things.flatMap((thing) => thing.tax_rates ?? []),
  };
}
