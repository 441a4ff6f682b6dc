import { listHeld } from '../../../db/held';
import { WORKFLOW_KINDS } from '../../../domain/rows/workflow';
import { held } from '../../../objects/shapes/held';
import { listOf } from '../../../objects/wire';
import { integer as count, listShape } from '../../../objects/shapes/parts';
import { orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, oneOf, orderedAs, parameters } from '../../http/parameters';
import { noneHeld, showHeld } from './show';

/**
 * Lists held entities, newest first.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listHeldOperation = operation({
  method: 'get',
  path: '/v1/held',
  summary: 'List what is held',
  tag: 'Operations',
  own: true,
  parameters: parameters({
    limit: integer({ min: 1, max: 100 }).default(10),
    starting_after: id().optional(),
    ...orderedAs('held'),
    kind: oneOf(WORKFLOW_KINDS).optional(),
    reason: oneOf(['failed', 'stuck', 'repeating', 'refused']).optional(),
    customer: id().optional(),
  }),
  answer: listShape(held).extend({ total_count: count() }),
  async handle(request) {
    const { limit, starting_after: after, kind, reason, customer } = request.parameters;
    const order = orderOf(request.parameters);
    const page = await listHeld(request.deps.sql, request.scope, { kind, reason, customer, after, limit, order });
    if (page === null) return noneHeld(after ?? '', 'starting_after');
    const { rows, hasMore, total } = page;
    return { body: { ...listOf(rows.map(showHeld), '/v1/held', hasMore), total_count: total } };
  },
});
