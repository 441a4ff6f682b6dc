import type postgres from 'postgres';

/**
 * A statement whose text callers make up, as a search's: prepared, each of its texts would stay in the memory of every connection.
 * postgres.js takes the option with `unsafe` only, where there are no fragments; it reads it from here.
 */
export function unprepared<T extends readonly (object | undefined)[]>(query: postgres.PendingQuery<T>): postgres.PendingQuery<T> {
  (query as unknown as { options: { prepare: boolean } }).options.prepare = false;
  return query;
}
