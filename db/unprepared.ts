import type postgres from 'postgres';

/**
 * Runs a statement without preparing it, if callers determine its text, as in a search. Prepared, each of its texts would stay in the
 * memory of every connection. postgres.js accepts the option with `unsafe` only, where there are no fragments, but reads it from here.
 */
export function unprepared<T extends readonly (object | undefined)[]>(query: postgres.PendingQuery<T>): postgres.PendingQuery<T> {
  (query as unknown as { options: { prepare: boolean } }).options.prepare = false;
  return query;
}
