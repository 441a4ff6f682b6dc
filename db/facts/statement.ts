/** A loader of facts: one prepared statement that selects rows of a few kinds by keys. */
import type { RowKind, Rows } from '../../domain/rows/rows';
import type { TransactionSql } from '../connect';
import { rowsFromJson } from '../json-rows';

type Value = string | string[] | boolean | null;

/**
 * Each table is queried by keys or an array of them, never joined. So every plan uses indexes even without table statistics, and serves
 * every customer.
 */
export interface FactStatement<Keys> {
  /** Selects one row with one column, `facts`: lists of rows by kind. */
  text: string;
  /** The parameters, `$1` first. */
  values: (keys: Keys) => Value[];
}

export type FactLists = Partial<Record<RowKind, Record<string, unknown>[] | null>>;

/** Sends the statement at once, so that statements sent together take one round trip. */
export async function ask<Keys>(tx: TransactionSql, { text, values }: FactStatement<Keys>, keys: Keys): Promise<Rows> {
  const [row] = await tx.unsafe<{ facts: FactLists }[]>(text, values(keys), { prepare: true });
  return rowsFromJson(row?.facts ?? {});
}
