import { updateDifference } from '../../../db/reconciliation';
import { BillingError } from '../../../domain/core/errors';
import { DIFFERENCE_STATES } from '../../../domain/rows/reconciliation';
import { reconciliationDifference } from '../../../objects/shapes/reconciliation';
import { operation } from '../../http/operation';
import { emptyable, name, oneOf, parameters, text } from '../../http/parameters';
import { showDifference } from './show';

/**
 * Says who looks after a difference, and what came of it. One that is `accepted` stays so when it is found again.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updateDifferenceOperation = operation({
  method: 'post',
  path: '/v1/reconciliation_differences/:reconciliation_difference',
  summary: 'Update a difference with a processor',
  tag: 'Processors',
  own: true,
  repeatable: true,
  parameters: parameters({
    note: emptyable(text({ max: 2000 })).optional(),
    owner: emptyable(name({ max: 100 })).optional(),
    state: oneOf(DIFFERENCE_STATES).optional(),
  }),
  answer: reconciliationDifference,
  async handle(request) {
    const { deps, scope, parameters: of } = request;
    const id = request.pathId('reconciliation_difference');
    const row = await updateDifference(deps.sql, scope, id, { state: of.state, owner: of.owner, note: of.note });
    if (row === null) throw new BillingError('resource_missing', `No such reconciliation difference: '${id}'`, { param: 'id' });
    return { body: showDifference(row, scope.livemode) };
  },
});
