/** One figure, as it is shown and as it should be. */
export interface Figure {
  name: string;
  shown: unknown;
  expected: unknown;
}

export type Json = Record<string, unknown>;

/** Asks a report of the API. */
export type Ask = (path: string, query: Record<string, number | string>) => Promise<Json>;

/** The rows of a report, page by page. */
export async function allRows<Row extends { id: string }>(ask: Ask, path: string, query: Record<string, number | string>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ;) {
    const page = await ask(path, { ...query, ...(after !== undefined && { starting_after: after }) });
    rows.push(...(page['data'] as Row[]));
    after = rows.at(-1)?.id;
    if (page['has_more'] !== true) return rows;
  }
}
