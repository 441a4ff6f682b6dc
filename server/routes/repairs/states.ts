import type { Told } from '../../../db/repair-events';
import { moveRepair, retryFailed } from '../../../db/repairs';
import { BillingError } from '../../../domain/core/errors';
import type { RepairEvent, RepairRow, RepairStatus } from '../../../domain/rows/repair';
import { repair } from '../../../objects/shapes/repair';
import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { findNamed, goOn, tellingOf } from './show';

/** The repair as it was moved; a refusal that says why it was not. */
export function refuseUnless(
  moved: Told<RepairRow> | null,
  { id, status }: RepairRow,
  done: string,
  from: readonly RepairStatus[],
): Told<RepairRow> {
  if (moved !== null) return moved;
  throw new BillingError('parameter_invalid', `Repair ${id} cannot be ${done}: it is ${status}, and must be ${from.join(' or ')}.`, {
    param: 'id',
  });
}

/**
 * Stops before the next invoice.
 *
 * @throws BillingError resource_missing, parameter_invalid unless it is running
 */
export const pauseRepair = moving({ verb: 'pause', done: 'paused', summary: 'Pause a repair', from: ['running'], to: 'paused' });

/**
 * Goes on with the next invoice.
 *
 * @throws BillingError resource_missing, parameter_invalid unless it is paused
 */
export const resumeRepair = moving({ verb: 'resume', done: 'resumed', summary: 'Resume a repair', from: ['paused'], to: 'running' });

/**
 * Ends it before the next invoice. What is corrected stays so.
 *
 * @throws BillingError resource_missing, parameter_invalid if it is over
 */
export const cancelRepair = moving({
  ...{ verb: 'cancel', done: 'canceled', summary: 'Cancel a repair', to: 'canceled' },
  from: ['preparing', 'draft', 'running', 'paused'],
});

function moving(of: {
  verb: string;
  done: 'canceled' | 'paused' | 'resumed';
  summary: string;
  from: readonly RepairStatus[];
  to: RepairStatus;
}): Operation {
  const { verb, done, summary, from, to: status } = of;
  return operation({
    ...{
      method: 'post',
      path: `/v1/repairs/:repair/${verb}`,
      summary,
      tag: 'Repairs',
      own: true,
      parameters: parameters({}),
      answer: repair,
    },
    async handle(request) {
      const row = await findNamed(request);
      const type: RepairEvent = `repair.${done}`;
      const moved = await moveRepair(request.deps.sql, request.scope, row.id, { from, status, type, telling: tellingOf(request) });
      return goOn(request, refuseUnless(moved, row, done, from));
    },
  });
}

/**
 * Tries again the invoices of a completed repair that were refused. They are corrected only if they are as they were in the dry run.
 *
 * @throws BillingError resource_missing, parameter_invalid if nothing has failed
 */
export const retryRepair = operation({
  method: 'post',
  path: '/v1/repairs/:repair/retry',
  summary: 'Retry a repair',
  tag: 'Repairs',
  own: true,
  parameters: parameters({}),
  answer: repair,
  async handle(request) {
    const row = await findNamed(request);
    const moved = await retryFailed(request.deps.sql, request.scope, row.id, tellingOf(request));
    if (moved === null)
      throw new BillingError('parameter_invalid', `Repair ${row.id} has no failed invoices to try again.`, { param: 'id' });
    return goOn(request, moved);
  },
});
