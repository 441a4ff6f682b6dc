import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedAs, owner, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists open reviews, newest first. A closed one can be retrieved. `decide_by[lt]` of the present lists those that are late.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listReviews = operation({
  method: 'get',
  path: '/v1/reviews',
  summary: 'List open reviews',
  tag: 'Radar',
  parameters: parameters({
    ...pagination,
    ...orderedAs('reviews'),
    created: range().optional(),
    decide_by: range().optional(),
    owner: owner().optional(),
  }),
  shows: 'review',
  handle(request) {
    const { created, decide_by: decideBy, owner } = request.parameters;
    return list(request, 'review', [
      equals('open', true),
      rangeFilter('created', created),
      rangeFilter('decideBy', decideBy),
      equals('owner', owner),
    ]);
  },
});
