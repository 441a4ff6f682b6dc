/** Events for callers, newest first, each with the number of endpoints that still wait for it. */
import type { BillingEvent } from '../../domain/rows/event';
import type { Sql } from '../connect';
import { opened } from '../customer-keys';
import { conditionOf, listTable, type Condition, type Cursor, type Page, type Range } from '../lists';
import type { Order } from '../orders';

export interface EventWithDeliveries extends BillingEvent {
  pendingWebhooks: number;
}

interface Scope {
  account: string;
  livemode: boolean;
}

export interface EventFilters {
  created?: Range | number | undefined;
  /** When they were written, in real time. */
  recorded?: Range | number | undefined;
  /** True: every endpoint has received it. False: some endpoint has not. */
  delivered?: boolean | undefined;
  /** May end in `*`: `invoice.*`. */
  type?: string | undefined;
  types?: readonly string[] | undefined;
  cursor: Cursor | null;
  limit: number;
  order?: Order | null;
}

/** Null if the cursor's event does not exist. */
export async function listEvents(sql: Sql, scope: Scope, of: EventFilters): Promise<Page | null> {
  const conditions: Condition[] = [sql`not thin`];
  if (typeof of.created === 'number') conditions.push(conditionOf(sql, { column: 'created', equals: of.created }));
  else if (of.created !== undefined) conditions.push(conditionOf(sql, { column: 'created', range: of.created }));
  if (of.recorded !== undefined) conditions.push(recordedIn(sql, of.recorded));
  if (of.type !== undefined) conditions.push(ofTypes(sql, [of.type]));
  if (of.types !== undefined) conditions.push(ofTypes(sql, of.types));
  if (of.delivered !== undefined) {
    const undelivered = sql`exists (select 1 from deliveries d where d.event = events.id and d.recorded = events.recorded and d.delivered_at is null)`;
    conditions.push(of.delivered ? sql`not ${undelivered}` : undelivered);
  }
  const { cursor, limit, order = null } = of;
  return listTable(sql, { table: 'events', key: 'id', idColumn: 'id', conditions }, scope, { filters: [], cursor, limit, order });
}

/** In the order of `ids`; events of another account, mode or kind are left out. */
export async function loadEvents(sql: Sql, scope: Scope, ids: readonly string[], thin = false): Promise<EventWithDeliveries[]> {
  const found = await sql<{ row: Record<string, unknown>; key: Buffer | null; pending: number }[]>`
    select to_jsonb(e) as row, k.key, (select count(*)::integer from deliveries d where d.event = e.id and d.recorded = e.recorded and d.status = 'pending') as pending
    from events e left join customer_keys k on k.customer = e.customer
    where e.id = any(${[...ids]}) and e.account = ${scope.account} and e.livemode = ${scope.livemode} and e.thin = ${thin}`;
  const byId = new Map<unknown, EventWithDeliveries>(
    found.map(({ row, key, pending }) => [row['id'], { ...opened(row, key), pendingWebhooks: pending }]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** As times of Postgres, so that only the weeks in question are read, by their index. */
function recordedIn(sql: Sql, range: Range | number): Condition {
  const { gt, gte, lt, lte } = typeof range === 'number' ? { gte: range, lt: range + 1 } : range;
  const from = Math.max(gte ?? -Infinity, gt === undefined ? -Infinity : gt + 1);
  const until = Math.min(lt ?? Infinity, lte === undefined ? Infinity : lte + 1);
  return sql`recorded >= to_timestamp(${from === -Infinity ? 0 : from}) and recorded < to_timestamp(${until === Infinity ? END_OF_TIME : until})`;
}

const END_OF_TIME = 253_402_300_799;

/** One text for any number of types, so that connections need not prepare one for each number. */
function ofTypes(sql: Sql, types: readonly string[]): Condition {
  const beginnings = types.filter((type) => type.endsWith('*')).map((type) => type.slice(0, -1));
  return sql`(type = any(${[...types]}) or exists (select 1 from unnest(${beginnings}::text[]) b where starts_with(type, b)))`;
}
