import type { Rows } from '../../domain/rows/rows';
import { UsageFacts, usageHorizon } from '../../domain/rows/usage';
import { usageWindows } from '../../domain/usage/windows';
import type { Sql, TransactionSql } from '../connect';
import { readUsage, type UsageOf } from './usage';

/** Adds the usage that planners may read to their facts. Without a metered price it queries nothing. */
export async function loadUsage(
  sql: Sql | TransactionSql,
  rows: Rows,
  of: UsageOf,
  when: { now: number; instants: number[] },
): Promise<Rows> {
  const windows = usageWindows(rows, when.now, when.instants);
  if (windows.length > 0) rows.usage = new UsageFacts(usageHorizon(when.now), await readUsage(sql, of, windows));
  return rows;
}
