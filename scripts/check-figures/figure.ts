/** One figure, as it is shown and as it should be. */
export interface Figure {
  name: string;
  shown: unknown;
  expected: unknown;
}

export type Json = Record<string, unknown>;

/** Asks a report of the API. */
export type Ask = (path: string, query: Record<string, number | string>) => Promise<Json>;
