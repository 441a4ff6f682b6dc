/** What is told of a repair and of its invoices, in the transaction that changes them. */
import type { Scope } from '../domain/core/steps';
import { API_VERSION } from '../domain/rows/api-version';
import type { RepairEvent, RepairItemEvent, RepairItemRow, RepairProgress, RepairRow } from '../domain/rows/repair';
import type { TransactionSql } from './connect';
import { insertEvents } from './webhooks/new-events';

export interface RepairTelling {
  /** The installation's secret, for ids. */
  secret: string;
  showRepair: (row: RepairRow, progress: RepairProgress, livemode: boolean) => object;
  showItem: (row: RepairItemRow, livemode: boolean) => object;
  /** The call that has changed it; null: its workflow has. */
  request: { id: string; idempotencyKey: string | null } | null;
}

/** What was changed, and the webhook endpoints that have something to deliver. */
export interface Told<T> {
  row: T;
  endpoints: string[];
}

/** @returns the endpoints */
export const tellOfRepair = (
  tx: TransactionSql,
  scope: Scope,
  { row, type, progress }: { row: RepairRow; type: RepairEvent; progress: RepairProgress },
  telling: RepairTelling,
): Promise<string[]> =>
  tell(tx, [{ ...scope, id: row.id, repair: row.id, object: telling.showRepair(row, progress, scope.livemode) }], type, telling);

/** @returns the endpoints; none if no row was changed */
export const tellOfItem = (
  tx: TransactionSql,
  rows: readonly (Scope & RepairItemRow)[],
  type: RepairItemEvent,
  telling: RepairTelling,
): Promise<string[]> => {
  const about = rows.map(({ account, livemode, ...row }) => ({
    ...{ account, livemode, id: row.id, repair: row.repair },
    object: telling.showItem(row, livemode),
  }));
  return tell(tx, about, type, telling);
};

/** All that is told of one repair stays in its order. */
function tell(
  tx: TransactionSql,
  about: readonly (Scope & { id: string; repair: string; object: object })[],
  type: RepairEvent | RepairItemEvent,
  { secret, request }: RepairTelling,
): Promise<string[]> {
  const events = about.map(({ account, livemode, id, repair, object }) => ({
    ...{ account, livemode, type, object, apiVersion: API_VERSION, thin: false },
    ...{ created: Math.floor(Date.now() / 1000), objectId: id, orderKey: repair, workflow: `repair/${repair}` },
    ...{ request: request?.id ?? null, idempotencyKey: request?.idempotencyKey ?? null },
  }));
  return insertEvents(tx, secret, events);
}
