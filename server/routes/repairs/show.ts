import { findRepair, progressOf } from '../../../db/repairs';
import type { RepairTelling, Told } from '../../../db/repair-events';
import { BillingError } from '../../../domain/core/errors';
import type { RepairRow } from '../../../domain/rows/repair';
import { toRepair, toRepairItem } from '../../../objects/repair';
import type { WireRepair } from '../../../objects/shapes/repair';
import { wakeRepair } from '../../../temporal/repairs';
import type { ApiRequest } from '../../http/request';

/** The repair of the path. */
export async function findNamed<P>(request: ApiRequest<P>): Promise<RepairRow> {
  const id = request.pathId('repair');
  const row = await findRepair(request.deps.sql, request.scope, id);
  if (row === null) throw new BillingError('resource_missing', `No such repair: '${id}'`, { param: 'id' });
  return row;
}

export async function answerRepair({ deps, scope }: ApiRequest<unknown>, row: RepairRow): Promise<{ body: WireRepair }> {
  return { body: toRepair(row, await progressOf(deps.sql, row.id), scope.livemode) };
}

/** How a change that this call makes is told. */
export const tellingOf = ({ deps, id, idempotencyKey }: ApiRequest<unknown>): RepairTelling => ({
  ...{ secret: deps.secret, showRepair: toRepair, showItem: toRepairItem },
  request: { id, idempotencyKey },
});

/** Shows the repair as it is now, and has it go on. */
export async function goOn(request: ApiRequest<unknown>, { row, endpoints }: Told<RepairRow>): Promise<{ body: WireRepair }> {
  const { deps, scope } = request;
  deps.notify(scope, Math.floor(Date.now() / 1000), { wakes: [], endpoints });
  await wakeRepair(deps.temporal, deps.config.taskQueue, { repair: row.id, ...scope });
  return answerRepair(request, row);
}
