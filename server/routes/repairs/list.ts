import { listRepairs, progressOf } from '../../../db/repairs';
import { REPAIR_STATUSES } from '../../../domain/rows/repair';
import { repairs } from '../../../objects/shapes/repair';
import { listOf } from '../../../objects/wire';
import { BillingError } from '../../../domain/core/errors';
import { orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, oneOf, orderedAs, parameters } from '../../http/parameters';
import { toRepair } from '../../../objects/repair';

/**
 * Lists repairs, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameter_invalid
 */
export const listRepairsOperation = operation({
  method: 'get',
  path: '/v1/repairs',
  summary: 'List repairs',
  tag: 'Repairs',
  own: true,
  parameters: parameters({
    limit: integer({ min: 1, max: 100 }).default(10),
    ...orderedAs('repairs'),
    starting_after: id().optional(),
    status: oneOf(REPAIR_STATUSES).optional(),
  }),
  answer: repairs,
  async handle({ deps, scope, parameters: { limit, starting_after: after = null, status = null, ...sorted } }) {
    const page = await listRepairs(deps.sql, scope, { after, limit, order: orderOf(sorted), status });
    if (page === null) throw new BillingError('resource_missing', `No such repair: '${after ?? ''}'`, { param: 'starting_after' });
    const shown = await Promise.all(page.rows.map(async (row) => toRepair(row, await progressOf(deps.sql, row.id), scope.livemode)));
    return { body: listOf(shown, '/v1/repairs', page.hasMore) };
  },
});
