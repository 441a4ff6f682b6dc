import { operation } from '../../http/operation';
import { emptyable, owner, parameters } from '../../http/parameters';
import { changeReview } from './change-review';

/**
 * Dunlin's own: says who decides. The deadline stays.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const updateReview = operation({
  method: 'post',
  path: '/v1/reviews/:review',
  summary: 'Update a review',
  tag: 'Radar',
  own: true,
  parameters: parameters({ owner: emptyable(owner()) }),
  shows: 'review',
  handle: (request) =>
    changeReview(request, 'updateReview', (changes, id) => {
      changes.patch('review', id, { owner: request.parameters.owner });
    }),
});
