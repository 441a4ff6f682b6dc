/** What each loader of facts is: one statement, kept prepared, that gives rows of a few kinds for the keys that it is asked with. */
import type { RowKind, Rows } from '../../domain/rows/rows';
import type { TransactionSql } from '../connect';
import { rowsFromJson } from '../json-rows';

type Value = string | string[] | boolean | null;

/**
 * Each table is asked by keys or an array of them, never joined, so that every plan goes by index however little is known of the tables,
 * and serves every customer.
 */
export interface FactStatement<Keys> {
  /** Answers one row with one column, `facts`: lists of rows by kind. */
  text: string;
  /** The parameters, `$1` first. */
  values: (keys: Keys) => Value[];
}

export type FactLists = Partial<Record<RowKind, Record<string, unknown>[] | null>>;

/** Sends the statement at once, so that those that are asked together take one round trip. */
export async function ask<Keys>(tx: TransactionSql, { text, values }: FactStatement<Keys>, keys: Keys): Promise<Rows> {
  const [row] = await tx.unsafe<{ facts: FactLists }[]>(text, values(keys), { prepare: true });
  return rowsFromJson(row?.facts ?? {});
}
