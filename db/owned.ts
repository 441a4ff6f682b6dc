/** The lists of related objects that an object shows. */
import type { RowKind } from '../domain/rows/rows';
import { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import type { Scope } from './related';
import { TABLES } from './tables';

export type OwnedKind = 'card' | 'taxId' | 'invoicePayment' | 'refund' | 'subscription';

const OWNERS: Record<OwnedKind, string> = {
  card: 'customer',
  taxId: 'customer',
  invoicePayment: 'invoice',
  refund: 'charge',
  subscription: 'customer',
};

/**
 * Up to `limit` rows of each owner, newest first. Only visible subscriptions that have not ended, and only tax ids that were not deleted.
 */
export async function loadOwned(
  db: Sql | TransactionSql,
  kind: OwnedKind,
  scope: Scope,
  { owners, limit }: { owners: string[]; limit: number },
): Promise<Rows> {
  const owner = db(`t.${OWNERS[kind]}`);
  const shown = shownOf(db, kind);
  const found = await db<{ row: Record<string, unknown> }[]>`
    select to_jsonb(ranked) - 'rank' as row from (
      select t.*, row_number() over (partition by ${owner} order by t.created desc, t.seq desc) as rank from ${db(TABLES[kind].table)} t
      where ${owner} = any(${owners}) and t.account = ${scope.account} and t.livemode = ${scope.livemode} ${shown}
    ) ranked where rank <= ${limit} order by created desc, seq desc`;
  const rows = new Rows();
  for (const { row } of found) rows.put(kind satisfies RowKind, fromJson(row) as never);
  return rows;
}

function shownOf(db: Sql | TransactionSql, kind: OwnedKind) {
  if (kind === 'card') return db`and t.is_source`;
  if (kind === 'taxId') return db`and not t.deleted`;
  return kind === 'subscription' ? db`and not t.hidden and t.status not in ('canceled', 'incomplete_expired')` : db``;
}
