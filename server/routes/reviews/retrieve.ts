import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a review, also a closed one.
 *
 * @throws BillingError resource_missing
 */
export const retrieveReview = operation({
  method: 'get',
  path: '/v1/reviews/:review',
  summary: 'Retrieve a review',
  tag: 'Radar',
  parameters: parameters({}),
  shows: 'review',
  async handle(request) {
    const { id } = await request.find('review', request.pathId('review'));
    return { kind: 'review', key: id };
  },
});
