import { listReconciliations } from '../../../db/reconciliation';
import { BillingError } from '../../../domain/core/errors';
import { reconciliations } from '../../../objects/shapes/reconciliation';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { id, integer, parameters } from '../../http/parameters';
import { showReconciliation } from './show';

/**
 * Lists the comparisons with processors, newest first.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listReconciliationsOperation = operation({
  method: 'get',
  path: '/v1/reconciliations',
  summary: 'List comparisons with processors',
  tag: 'Processors',
  own: true,
  parameters: parameters({ limit: integer({ min: 1, max: 100 }).default(10), starting_after: id().optional() }),
  answer: reconciliations,
  async handle({ deps, scope, parameters: { limit, starting_after: after = null } }) {
    const rows = await listReconciliations(deps.sql, scope, { after, limit });
    if (rows === null) {
      throw new BillingError('resource_missing', `No such reconciliation: '${after ?? ''}'`, { param: 'starting_after' });
    }
    const shown = rows.slice(0, limit).map((row) => showReconciliation(row, scope.livemode));
    return { body: listOf(shown, '/v1/reconciliations', rows.length > limit) };
  },
});
