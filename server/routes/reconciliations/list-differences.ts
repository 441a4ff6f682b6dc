import { listDifferences } from '../../../db/reconciliation';
import { DIFFERENCE_STATES } from '../../../domain/rows/reconciliation';
import { reconciliationDifferences } from '../../../objects/shapes/reconciliation';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, name, oneOf, orderedAs, parameters } from '../../http/parameters';
import { showDifference } from './show';

/**
 * Lists the differences between our books and processors' records, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameter_invalid
 */
export const listDifferencesOperation = operation({
  method: 'get',
  path: '/v1/reconciliation_differences',
  summary: 'List differences with processors',
  tag: 'Processors',
  own: true,
  parameters: parameters({
    limit: integer({ min: 1, max: 100 }).default(10),
    processor: name({ max: 100 }).optional(),
    ...orderedAs('reconciliation_differences'),
    starting_after: id().optional(),
    state: oneOf(DIFFERENCE_STATES).optional(),
  }),
  answer: reconciliationDifferences,
  async handle({ deps, scope, parameters: { limit, processor = null, state = null, starting_after: after = null, ...sorted } }) {
    const page = await listDifferences(deps.sql, scope, { after, limit, order: orderOf(sorted), processor, state });
    return answerPage(page, after, {
      name: 'reconciliation difference',
      url: '/v1/reconciliation_differences',
      show: (row) => showDifference(row, scope.livemode),
    });
  },
});
