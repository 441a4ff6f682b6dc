import { listDifferences } from '../../../db/reconciliation';
import { BillingError } from '../../../domain/core/errors';
import { DIFFERENCE_STATES } from '../../../domain/rows/reconciliation';
import { reconciliationDifferences } from '../../../objects/shapes/reconciliation';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { id, integer, name, oneOf, parameters } from '../../http/parameters';
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
    starting_after: id().optional(),
    state: oneOf(DIFFERENCE_STATES).optional(),
  }),
  answer: reconciliationDifferences,
  async handle({ deps, scope, parameters: { limit, processor = null, state = null, starting_after: after = null } }) {
    const rows = await listDifferences(deps.sql, scope, { after, limit, processor, state });
    if (rows === null) {
      throw new BillingError('resource_missing', `No such reconciliation difference: '${after ?? ''}'`, { param: 'starting_after' });
    }
    const shown = rows.slice(0, limit).map((row) => showDifference(row, scope.livemode));
    return { body: listOf(shown, '/v1/reconciliation_differences', rows.length > limit) };
  },
});
