import { listRepairItems } from '../../../db/repairs';
import { REPAIR_ITEM_STATUSES } from '../../../domain/rows/repair';
import { repairItems } from '../../../objects/shapes/repair';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, oneOf, orderedAs, parameters } from '../../http/parameters';
import { toRepairItem } from '../../../objects/repair';

/**
 * Lists the invoices of repairs, the last one of a repair first: what each says, what it would say, and what came of it.
 *
 * @throws BillingError resource_missing (the cursor), parameter_invalid
 */
export const listRepairItemsOperation = operation({
  method: 'get',
  path: '/v1/repair_items',
  summary: 'List the invoices of repairs',
  tag: 'Repairs',
  own: true,
  parameters: parameters({
    customer: id().optional(),
    invoice: id().optional(),
    limit: integer({ min: 1, max: 100 }).default(10),
    repair: id().optional(),
    ...orderedAs('repair_items'),
    starting_after: id().optional(),
    status: oneOf(REPAIR_ITEM_STATUSES).optional(),
  }),
  answer: repairItems,
  async handle({
    deps,
    scope,
    parameters: { limit, starting_after: after = null, customer = null, invoice = null, repair = null, status = null, ...sorted },
  }) {
    const page = await listRepairItems(deps.sql, scope, { after, limit, order: orderOf(sorted), customer, invoice, repair, status });
    return answerPage(page, after, { name: 'repair item', url: '/v1/repair_items', show: (row) => toRepairItem(row, scope.livemode) });
  },
});
