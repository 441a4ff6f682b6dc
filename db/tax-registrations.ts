import type { Sql } from './connect';
import { listTable, type Condition, type Cursor, type Page } from './lists';
import type { Order } from './orders';
import { TABLES } from './tables';

type Status = 'active' | 'all' | 'expired' | 'scheduled';

/** One page of registrations with a status at `now` (epoch seconds). Null if the cursor does not exist. */
export async function listTaxRegistrations(
  sql: Sql,
  scope: { account: string; livemode: boolean },
  { status, now, ...page }: { status: Status; now: number; cursor: Cursor | null; limit: number; order: Order | null },
): Promise<Page | null> {
  const conditions: Record<Status, Condition[]> = {
    active: [sql`active_from <= ${now} and (expires_at is null or expires_at > ${now})`],
    all: [],
    expired: [sql`expires_at <= ${now}`],
    scheduled: [sql`active_from > ${now} and (expires_at is null or expires_at > ${now})`],
  };
  const from = { ...TABLES.taxRegistration, idColumn: 'id', conditions: conditions[status] };
  return listTable(sql, from, scope, { filters: [], ...page });
}
