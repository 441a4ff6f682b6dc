import { listReconciliations } from '../../../db/reconciliation';
import { reconciliations } from '../../../objects/shapes/reconciliation';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, orderedAs, parameters } from '../../http/parameters';
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
  parameters: parameters({
    limit: integer({ min: 1, max: 100 }).default(10),
    ...orderedAs('reconciliations'),
    starting_after: id().optional(),
  }),
  answer: reconciliations,
  async handle({ deps, scope, parameters: { limit, starting_after: after = null, ...sorted } }) {
    const page = await listReconciliations(deps.sql, scope, { after, limit, order: orderOf(sorted) });
    return answerPage(page, after, {
      name: 'reconciliation',
      url: '/v1/reconciliations',
      show: (row) => showReconciliation(row, scope.livemode),
    });
  },
});
