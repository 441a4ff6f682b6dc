import type { PricingTable } from '../domain/rows/pricing-table';
import type { Sql } from './connect';
import { fromJson } from './json-rows';

/** A pricing table by its id, for its page: anybody may see it. */
export async function findPricingTable(sql: Sql, id: string): Promise<PricingTable | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(t) as row from pricing_tables t where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as PricingTable) : null;
}
