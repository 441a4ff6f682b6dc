import { listReconciliations } from '../../../db/reconciliation';
import { BillingError } from '../../../domain/core/errors';
import { DEADLINES } from '../../../domain/core/deadlines';
import { reconciliation } from '../../../objects/shapes/reconciliation';
import { startReconciliation } from '../../../temporal/reconciliation';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import { refuseUnknownProcessor } from '../../http/processors';
import { day } from './parameters';
import { showReconciliation } from './show';

/**
 * Compares our books of one day with the processor's record now. The day before is compared by itself. If the processor is away, the comparison goes on
 * after this answer.
 *
 * @throws BillingError parameter_invalid, parameter_missing, lock_timeout while the processor does not answer
 */
export const createReconciliation = operation({
  method: 'post',
  path: '/v1/reconciliations',
  summary: 'Compare a day with a processor',
  tag: 'Processors',
  own: true,
  repeatable: true,
  parameters: parameters({ day: day(), processor: name({ max: 100 }) }),
  answer: reconciliation,
  async handle({ deps, scope, parameters: { day: of, processor } }) {
    refuseUnknownProcessor(deps.config, processor, 'processor');
    const handle = await startReconciliation(deps.temporal, deps.config.taskQueue, { ...scope, processor, day: of });
    const late = new Promise<'late'>((resolve) => setTimeout(resolve, DEADLINES.processorCall, 'late').unref());
    if ((await Promise.race([handle.result(), late])) === 'late') {
      throw new BillingError('lock_timeout', `${processor} has not answered yet. The comparison goes on: list the reconciliations later.`);
    }
    const [row] = (await listReconciliations(deps.sql, scope, { after: null, limit: 1 }))?.rows ?? [];
    if (row?.processor !== processor || row.day !== of)
      throw new BillingError('lock_timeout', 'The comparison has failed. See its workflow.');
    return { body: showReconciliation(row, scope.livemode) };
  },
});
