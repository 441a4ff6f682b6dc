import { listOperatorActions, type OperatorAction } from '../../../db/processors';
import { operatorActions } from '../../../objects/shapes/processor';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, name, orderedAs, parameters } from '../../http/parameters';

/**
 * Lists who has paused and resumed processors, newest first. They stay.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listOperatorActionsOperation = operation({
  method: 'get',
  path: '/v1/operator_actions',
  summary: 'List what operators have done',
  tag: 'Processors',
  own: true,
  parameters: parameters({
    limit: integer({ min: 1, max: 100 }).default(10),
    processor: name({ max: 100 }).optional(),
    ...orderedAs('operator_actions'),
    starting_after: id().optional(),
  }),
  answer: operatorActions,
  async handle({ deps, scope, parameters: { limit, processor = null, starting_after: after = null, ...sorted } }) {
    const page = await listOperatorActions(deps.sql, scope, { after, limit, order: orderOf(sorted), processor });
    return answerPage(page, after, { name: 'operator action', url: '/v1/operator_actions', show: (row) => show(row, scope.livemode) });
  },
});

function show({ id: action, created, action: done, processor, apiKey, reason, perSecond }: OperatorAction, livemode: boolean) {
  return {
    ...{ id: action, object: 'operator_action' as const, action: done, api_key: apiKey, charges_per_second: perSecond },
    ...{ created, livemode, processor, reason },
  };
}
