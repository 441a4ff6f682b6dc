import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists plans, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPlans = operation({
  method: 'get',
  path: '/v1/plans',
  summary: 'List plans',
  tag: 'Plans',
  parameters: parameters({
    ...pagination,
    active: boolean().optional(),
    created: range().optional(),
    product: id().optional(),
  }),
  shows: 'plan',
  handle(request) {
    const { active, created, product } = request.parameters;
    return list(request, 'plan', [
      equals('type', 'recurring'),
      equals('active', active),
      rangeFilter('created', created),
      equals('product', product),
    ]);
  },
});
