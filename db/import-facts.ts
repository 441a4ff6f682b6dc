/** The facts for taking an object of another billing system. */
import type { Taking } from '../domain/migration/taking';
import type { Scope } from '../domain/core/steps';
import type { RowKind, Rows } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { couponKeys } from './coupons';
import { byKey, byKeys, loadMatching } from './matching';
import { loadWithNamed } from './named-facts';
import { loadCodes } from './promotion-codes';
import { loadRedeemable } from './redemptions';

export type FactsWanted = Pick<Taking, 'alike' | 'customer' | 'named' | 'schedule' | 'subscription' | 'word'>;

export async function loadImportFacts(tx: TransactionSql, scope: Scope, wanted: FactsWanted): Promise<Rows> {
  const { customer, named, schedule = null, subscription = null, word } = wanted;
  if (customer !== null) return loadWithNamed(tx, scope, { customer, schedule, subscription, named, load: loadRedeemable });
  const { coupon = [], ...others } = named;
  const keys = [...(await couponKeys(tx, scope, coupon)).values()];
  const kinds = (Object.keys(others) as Exclude<RowKind, 'coupon'>[]).filter((kind) => (others[kind] ?? []).length > 0);
  const rows = await loadMatching(tx, scope, [
    byKey('account', scope.account),
    byKeys('coupon', keys),
    ...kinds.map((kind) => byKeys(kind, others[kind] ?? [])),
    ...(wanted.alike ? [{ kind: wanted.alike.kind, filters: [{ column: wanted.alike.column, equals: wanted.alike.value }] }] : []),
  ]);
  if (word !== undefined) rows.putAll(await withCodes(tx, scope, word, keys[0] ?? ''));
  return rows;
}

/** What has the same text is added to the rows, in place of nothing. */
const withCodes = (tx: TransactionSql, scope: Scope, word: string, coupon: string): Promise<Rows> =>
  loadCodes(tx, scope, word, { coupon, customer: null });
