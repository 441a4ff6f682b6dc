import { listFills } from '../../../db/fills';
import { toFill } from '../../../objects/fill';
import { fills } from '../../../objects/shapes/fill';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, orderedAs, parameters } from '../../http/parameters';

/**
 * Lists fills of the sandbox, newest first.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listFillsOperation = operation({
  method: 'get',
  path: '/v1/test_helpers/fills',
  summary: 'List fills of the sandbox',
  tag: 'Test clocks',
  own: true,
  parameters: parameters({ limit: integer({ min: 1, max: 100 }).default(10), ...orderedAs('fills'), starting_after: id().optional() }),
  answer: fills,
  async handle(request) {
    const { limit, starting_after: after = null } = request.parameters;
    const page = await listFills(request.deps.sql, request.scope, { after, limit, order: orderOf(request.parameters) });
    return answerPage(page, after, { name: 'fill', url: '/v1/test_helpers/fills', show: toFill });
  },
});
