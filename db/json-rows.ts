import { Rows, type RowKind } from '../domain/rows/rows';

/** Columns that order, protect or prune rows in the database and mean nothing to billing. */
const DATABASE_ONLY = new Set(['seq', 'moved_at', 'recorded', 'erased_at']);

/** A row from `to_jsonb`, in camelCase at the top level only: the contents of jsonb columns stay unchanged. */
export function fromJson(row: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (!DATABASE_ONLY.has(column)) result[camelCase(column)] = value;
  }
  return result;
}

/** Lists of `to_jsonb` rows by kind, as one `Rows`. Kinds without rows may be null. */
export function rowsFromJson(lists: Partial<Record<RowKind, Record<string, unknown>[] | null>>): Rows {
  const byKind: Record<string, Record<string, unknown>[]> = {};
  for (const [kind, list] of Object.entries(lists)) byKind[kind] = (list ?? []).map(fromJson);
  return new Rows(byKind);
}

const camelCased = new Map<string, string>();
const snakeCased = new Map<string, string>();

export function camelCase(column: string): string {
  return remembered(camelCased, column, (text) => text.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
}

export function snakeCase(property: string): string {
  return remembered(snakeCased, property, (text) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function remembered(memory: Map<string, string>, text: string, convert: (text: string) => string): string {
  let result = memory.get(text);
  if (result === undefined) memory.set(text, (result = convert(text)));
  return result;
}
